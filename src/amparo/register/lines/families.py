"""Families whose budget line is drawn: those that a country ships, or one that somebody describes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from amparo.errors import CaseError, nearest
from amparo.execute.ask import computable
from amparo.execute.budget_line import BudgetLine, Cliff, budget_line, cliffs
from amparo.execute.cases import Case, read_case
from amparo.policy import Benefit, Country, Finding, Names, Programme

FOLDER, ENDING = "families", ".json"
PARTS = ("names", "on", "earner", "case")


@dataclass(frozen=True)
class Family:
    """A household with all that the law reads but one person's earnings.

    Attributes:
        key: its name in the country's folder; of somebody's own file, the file's name.
        on: the month of law for which it is described; None where it does not say.
        earner: the member whose earnings vary; "" is the first.
    """

    key: str
    names: Names
    on: date | None
    earner: str
    case: Case


@dataclass(frozen=True)
class Drawn:
    """A family's line, and what it counts and leaves out.

    Attributes:
        set_aside: benefits and charges of which a figure is unknown in the month, with the figure's key.
        not_income: benefits that are no money that the household can spend.
        not_in_force: programmes that were asked for, or charge earnings, and are not encoded for the month.
    """

    country: Country
    family: Family
    month: date
    line: BudgetLine
    cliffs: tuple[Cliff, ...]
    set_aside: Mapping[Benefit | Finding, str]
    not_income: tuple[Benefit, ...]
    not_in_force: tuple[Programme, ...]

    @property
    def paid(self) -> list[Benefit]:
        """The benefits that the family receives somewhere on the line."""
        ends = [a for p in self.line.pieces for a in (p.at_first, p.at_last)]
        return [b for b in self.line.benefits if any(a[b.key] for a in ends)]

    def counted(self, key: str) -> Benefit | Finding:
        """Return the benefit or charge of a key."""
        every: list[Benefit | Finding] = [*self.line.benefits, *self.line.charges]
        return next(each for each in every if each.key == key)

    @property
    def programmes(self) -> list[Programme]:
        """The programmes whose benefits or charges the line counts."""
        counted = {*self.line.benefits, *self.line.charges}
        return [p for p in self.country.programmes if counted & {*p.benefits, *p.findings}]


def families(country: Country) -> dict[str, Family]:
    """Return the families that a country ships, by key."""
    folder = country.folder.joinpath(FOLDER)
    if not folder.is_dir():
        return {}
    files = sorted((f for f in folder.iterdir() if f.name.endswith(ENDING)), key=lambda f: f.name)
    found = {}
    for file in files:
        key = file.name.removesuffix(ENDING)
        raw = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        found[key] = read_family(raw, country, key)
    return found


def find_family(country: Country, key: str) -> Family:
    """Return a shipped family by key, or name those that there are."""
    known = families(country)
    if key not in known:
        others = nearest(key, known) if known else " It ships none: describe one in a file."
        raise CaseError(f"'{key}' is no file and no family of {country.key}.{others}")
    return known[key]


def read_family(raw: Any, country: Country, key: str) -> Family:
    """Read a family: {"names": {…}, "on": "2025-07", "earner": "ana", "case": {…}}, or a case alone.

    Raises:
        CaseError: a part that nothing reads, a month that is none, a case that cannot be read.
    """
    if not isinstance(raw, Mapping):
        raise CaseError(f'{key} must hold one family: an object with "members", or with "case" and what names it.')
    whole = raw if "case" in raw else {"case": raw}
    for part in whole:
        if part not in PARTS:
            raise CaseError(f"the family {key} has no part '{part}'.{nearest(str(part), PARTS)}")
    names = whole.get("names", {"en": key})
    if not isinstance(names, Mapping) or not names:
        raise CaseError(f'the family {key}: names must be an object such as {{"es": "…", "pt": "…", "en": "…"}}.')
    if not isinstance(whole["case"], Mapping):
        raise CaseError(f'the family {key}: case must be one household: an object with "household" and "members".')
    earner = str(whole.get("earner", ""))
    return Family(
        key, {k: str(v) for k, v in names.items()}, _month(whole, key), earner, read_case(whole["case"], country)
    )


def _month(raw: Mapping[str, Any], key: str) -> date | None:
    if "on" not in raw:
        return None
    try:
        return date.fromisoformat(f"{str(raw['on'])[:7]}-01")
    except ValueError:
        raise CaseError(f"the family {key}: on is '{raw['on']}'; write a month as 2025-10.") from None


def drawn(
    country: Country,
    family: Family,
    *,
    on: date | None = None,
    programmes: Iterable[str] = (),
    earner: str = "",
    highest: Fraction | None = None,
) -> Drawn:
    """Return the line of a family over one member's earnings.

    Args:
        country: whose law.
        family: the household.
        on: the month of law; by default the one that the family names.
        programmes: keys of those whose benefits count; all by default. Contributions and taxes always count.
        earner: the member whose earnings vary; by default the one that the family names.
        highest: the highest earnings, in currency units.

    Raises:
        CaseError: no month, an earner who is no member, something that the household must state.
        PolicyError: no programme of that key, or none in the country.
    """
    month = on or family.on
    if month is None:
        raise CaseError(f'the family {family.key} names no month of law: add --on 2025-10, or "on" to its file.')
    if highest is not None and highest <= 0:
        raise CaseError(f"the highest earnings are {highest}: choose more than nothing.")
    month = month.replace(day=1)
    chosen = [country.programme(key) for key in programmes] or list(country.programmes)
    if not country.programmes:
        raise CaseError(f"no programme of {country.key} is written as rules yet, so there is no line to draw.")
    edition = country.on(month)
    wanted = [b for b in edition.benefits if any(b in p.benefits for p in chosen)]
    money = [b for b in wanted if b.income]
    asked: list[Benefit | Finding] = [*money, *(f for f in edition.findings if f.charge)]
    counted, lacking = computable(edition, asked)
    if not counted:
        why = "; ".join(f"{each.key} needs {missing[0].key}, unknown then" for each, missing in lacking.items())
        raise CaseError(
            f"nothing of {country.key} can be counted in {month:%Y-%m}: {why or 'no benefit asked for is in force'}."
        )
    part = edition.only([c for c in counted if isinstance(c, Benefit)], [c for c in counted if isinstance(c, Finding)])
    line = budget_line(part, family.case, earner or family.earner, highest=highest)
    absent = [
        p for p in country.programmes
        if (p in chosen if programmes else any(f.charge for f in p.findings))
        and not any(r.in_force(month) for r in p.regimes)
    ]  # fmt: skip
    return Drawn(
        country,
        family,
        month,
        line,
        tuple(cliffs(line)),
        {each: missing[0].key for each, missing in lacking.items()},
        tuple(b for b in wanted if not b.income),
        tuple(absent),
    )
