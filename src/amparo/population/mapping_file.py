"""Mappings as TOML: read key by key, so that a misspelt one is an error and not a silence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from amparo.errors import PopulationError, nearest
from amparo.policy import LANGUAGES, Names
from amparo.population.mapping import (
    NOBODY_AT_ALL,
    TAKES,
    Choice,
    FactSource,
    Gathered,
    InputSource,
    Join,
    Kin,
    Mapping,
    Official,
    RelationSource,
)
from amparo.population.poverty import PovertyMethod

ROUNDINGS = ("", "half_up", "down", "up")
FILE_KEYS = ("delimiter", "decimal", "encoding", "persons", "waves")


def load_mapping(path: str | Path | Traversable) -> Mapping:
    """Read a mapping from its TOML file, or say in one sentence what is wrong with it.

    Raises:
        PopulationError: no such file, no TOML, an unknown table or key (with the nearest), a constant or
            presumption without an assumption in es, pt and en.
    """
    file = Path(path) if isinstance(path, str) else path
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise PopulationError(f"the mapping {file} cannot be read: {problem}.") from None
    except (ValueError, RecursionError) as problem:  # also a number or lists that Python itself gives up on
        raise PopulationError(f"{file.name} is no TOML: {problem}.") from None
    return read_mapping(raw, file.name)


def read_mapping(raw: Table[str, Any], where: str = "the mapping") -> Mapping:
    """Return a mapping from the tables of its TOML form; `where` names it in errors."""
    top = _Fields(raw, where)
    household, person = top.table("household"), top.table("person")
    inputs, relations = top.table("inputs"), top.table("relations")
    month = top.text("income_month")
    mapping = Mapping(
        name=top.text("name") or where,
        source=top.text("source"),
        income_month=_month(month, where) if month else None,
        household_id=household.texts("id"),
        person_id=person.texts("id"),
        weight=household.text("weight"),
        person_weight=person.text("weight"),
        stratum=household.text("stratum"),
        cluster=household.text("cluster"),
        head=_choice(person.table("head")),
        female=_choice(person.table("female")),
        left_out=_choice(household.table("left_out")),
        joins=tuple(_join(_Fields(j, f"{where}, join")) for j in top.get("join", [])),
        inputs={k: _input(k, inputs.table(k)) for k in inputs.raw},
        relations={k: _relation(k, relations.table(k)) for k in relations.raw},
        kin=tuple(_kin(_Fields(k, f"{where}, kin")) for k in top.get("kin", [])),
        facts=_facts(top.table("facts")),
        not_available=_reasons(top.table("not_available")),
        not_computable=_reasons(top.table("not_computable")),
        poverty=_poverty(top.table("poverty")),
        official=_official(top.table("official")),
        file=top.table("file").raw,
    )
    for part in (top, household, person, top.table("file")):
        part.done(*(FILE_KEYS if part.where.endswith("file") else ()))
    if not mapping.household_id:
        raise PopulationError(f'{where}: [household] needs id = "…", the column that names a household.')
    lost = [r.key for r in mapping.relations.values() if r.kin not in ("", NOBODY_AT_ALL) and not mapping.kin]
    if lost:  # nobody would have one
        raise PopulationError(f"{where}: relations, {lost[0]} follows from kinship, but there is no [[kin]] table.")
    return mapping


class _Fields:
    """One table of the file; remembers which keys were asked for, so that `done` can refuse the rest."""

    def __init__(self, raw: Any, where: str) -> None:
        if not isinstance(raw, dict):
            raise PopulationError(f"{where} must be a table of named values, not {raw!r}.")
        self.raw, self.where = raw, where
        self._asked: dict[str, None] = {}

    def get(self, key: str, default: Any = None) -> Any:
        self._asked[key] = None
        return self.raw.get(key, default)

    def text(self, key: str) -> str:
        return str(self.get(key, ""))

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.get(key, ())
        return tuple(str(v) for v in found) if isinstance(found, (list, tuple)) else (str(found),)

    def number(self, key: str, default: float | None = None) -> Any:
        found = self.get(key, default)
        if found is not None and not _is_number(found):
            raise PopulationError(f"{self.where}: {key} is {found!r}; write a number.")
        return None if found is None else float(found)

    def numbers(self, key: str) -> tuple[float, ...]:
        found = self.get(key, [])
        if not isinstance(found, (list, tuple)) or not all(map(_is_number, found)):
            raise PopulationError(f"{self.where}: {key} is {found!r}; write numbers in brackets.")
        return tuple(map(float, found))

    def table(self, key: str) -> _Fields:
        return _Fields(self.get(key, {}), f"{self.where}, {key}")

    def names(self, key: str) -> tuple[Names, ...]:
        """Return a text in three languages, or several; none where the key is absent."""
        if key not in self.raw:
            return self.get(key, ())  # type: ignore[no-any-return]
        found = self.get(key)
        texts = found if isinstance(found, list) and found else [found]
        for each in texts:
            lacking = [k for k in LANGUAGES if not (isinstance(each, dict) and each.get(k))]
            if lacking:
                raise PopulationError(f"{self.where}: {key} has no text in {', '.join(lacking)}; write it.")
        return tuple(texts)

    def done(self, *more: str) -> None:
        known = [*self._asked, *more]
        for key in self.raw:
            if key not in known:
                raise PopulationError(f"{self.where} has no key '{key}'.{nearest(key, known)}")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _month(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text + "-01")
    except ValueError:
        raise PopulationError(f"{where}: income_month is '{text}'; write a month as 2022-11.") from None


def _choice(fields: _Fields) -> Choice | None:
    if not fields.raw:
        return None
    made = Choice(fields.text("column"), fields.texts("values"))
    fields.done()
    if not made.column or not made.values:
        raise PopulationError(f"{fields.where} needs a column and values.")
    return made


def _join(fields: _Fields) -> Join:
    made = Join(
        on=fields.texts("on"),
        table=fields.text("table"),
        columns=fields.texts("columns"),
        rows=tuple(tuple(r) for r in fields.get("rows", [])),
        made={k: _gathered(fields.table("made").table(k)) for k in fields.table("made").raw},
    )
    fields.done()
    if not made.on or not made.brings or bool(made.table) == bool(made.rows):
        raise PopulationError(f"{fields.where} needs on, columns or made, and one of table and rows.")
    short = [r for r in made.rows if len(r) != len(made.on) + len(made.columns)]
    if short:
        raise PopulationError(
            f"{fields.where}: a row holds {', '.join(made.on + made.columns)}; {list(short[0])} does not."
        )
    return made


def _gathered(fields: _Fields) -> Gathered:
    made = Gathered(fields.text("column"), _choice(fields.table("where")), fields.text("take") or "sum")
    fields.done()
    if not made.column or made.take not in ("sum", "any"):
        raise PopulationError(f"{fields.where} needs a column, and takes its sum or any.")
    return made


def _input(key: str, fields: _Fields) -> InputSource:
    missing, between, limits = fields.get("missing", {}), fields.numbers("between"), fields.numbers("limits")
    assumptions = fields.names("assumption")
    assume = None
    if missing != "unknown":
        policy = _Fields(missing, f"{fields.where}, missing")
        assume = policy.get("assume")
        if assume is not None:
            assumptions += policy.names("assumption") or _needs_text(policy, "a value assumed")
        policy.done()
    made = InputSource(
        key=key,
        column="".join(fields.texts("column")[:1]),
        plus=fields.texts("column")[1:],
        constant=fields.get("constant"),
        related=fields.text("related"),
        unknown=fields.texts("unknown"),
        values={str(k): v for k, v in fields.table("values").raw.items()} if fields.get("values") is not None else None,
        otherwise=fields.get("otherwise"),
        between=(between[0], between[-1]) if between else None,
        limits=limits,
        figures=fields.numbers("figures"),
        where=_choice(fields.table("where")),
        scale=fields.number("scale", 1),
        add=fields.number("add", 0),
        at_least=fields.number("at_least"),
        rounding=fields.text("rounding"),
        take=fields.text("take") or "head",
        missing=assume,
        assumptions=assumptions,
    )
    fields.done()
    if (made.constant is not None) + bool(made.column) + bool(made.related) != 1:
        raise PopulationError(f"{fields.where} needs one of column, constant and related.")
    if made.constant is not None and not assumptions:
        _needs_text(fields, "a constant")
    if between and (len(between) != 2 or between[0] > between[1]):
        raise PopulationError(f"{fields.where}: between needs two numbers that rise, as in [6, 17].")
    if list(limits) != sorted(limits):
        raise PopulationError(f"{fields.where}: limits must rise: {', '.join(f'{v:g}' for v in limits)}.")
    if made.limits and len(made.figures) != len(made.limits) + 1:
        raise PopulationError(
            f"{fields.where}: {len(made.limits)} limits need {len(made.limits) + 1} figures, not {len(made.figures)}."
        )
    for name, given, known in (("take", made.take, TAKES), ("rounding", made.rounding, ROUNDINGS)):
        if given not in known:
            raise PopulationError(f"{fields.where}: {name} is '{given}'.{nearest(given, known)}")
    return made


def _needs_text(fields: _Fields, what: str) -> tuple[Names, ...]:
    raise PopulationError(
        f'{fields.where}: {what} is an assumption; say it as assumption = {{ es = "…", pt = "…", en = "…" }}.'
    )


def _relation(key: str, fields: _Fields) -> RelationSource:
    made = RelationSource(
        key=key,
        column=fields.text("column"),
        match=fields.text("match"),
        nobody=fields.texts("nobody"),
        elsewhere=fields.text("elsewhere"),
        empty=fields.text("empty") or "unknown",
        kin=fields.text("kin"),
        assumptions=fields.names("assumption"),
    )
    fields.done()
    if made.kin not in ("", NOBODY_AT_ALL, "mother", "father", "partner") or bool(made.kin) == bool(made.column):
        raise PopulationError(f'{fields.where} needs kin = "mother", "father", "partner" or "nobody", or a column.')
    if made.kin == NOBODY_AT_ALL and not made.assumptions:
        raise PopulationError(f"{fields.where}: that nobody has one is an assumption; say it in es, pt and en.")
    if made.column and not made.match:
        raise PopulationError(f'{fields.where}: {made.column} points at which column? Write match = "…".')
    if made.elsewhere not in ("", "outside", "unknown"):
        raise PopulationError(f"{fields.where}: elsewhere is 'outside' or 'unknown', not '{made.elsewhere}'.")
    if made.empty not in ("unknown", NOBODY_AT_ALL):
        raise PopulationError(f"{fields.where}: empty is 'unknown' or 'nobody', not '{made.empty}'.")
    return made


def _kin(fields: _Fields) -> Kin:
    made = Kin(
        column=fields.text("column"),
        head=fields.texts("head"),
        within=fields.texts("within"),
        partner=fields.texts("partner"),
        child_of_both=fields.texts("child_of_both"),
        child_of_head=fields.texts("child_of_head"),
        child_of_partner=fields.texts("child_of_partner"),
        partner_where=_choice(fields.table("partner_where")),
        children_under=int(fields.number("children_under", 0)),
        parent=_relation("parent", fields.table("parent")) if "parent" in fields.raw else None,
    )
    fields.done()
    if made.parent is not None:
        if len(fields.raw) > 1 or not made.parent.column:
            raise PopulationError(f"{fields.where}: a pointer at a parent needs a column, and a table of its own.")
    elif not made.column or not made.head:
        raise PopulationError(f"{fields.where} needs a column and who is head in it.")
    return made


def _facts(fields: _Fields) -> dict[str, FactSource]:
    found = {}
    for level in ("person", "household"):
        of_level = fields.table(level)
        for key in of_level.raw:
            column, *plus = of_level.texts(key) or ("",)
            found[key] = FactSource(key, column, of_household=level == "household", plus=tuple(plus))
    fields.done()
    return found


def _reasons(fields: _Fields) -> dict[str, Names]:
    return {key: fields.names(key)[0] for key in fields.raw}


def _poverty(fields: _Fields) -> PovertyMethod | None:
    if not fields.raw:
        return None
    line, extreme = (_line_column(fields, k) for k in ("line", "extreme"))
    spoken = fields.names("name") if isinstance(fields.get("name"), dict) else ()
    made = PovertyMethod(
        name=spoken[0]["es"] if spoken else fields.text("name"),
        names=spoken[0] if spoken else {},
        line=0 if line else fields.number("line", 0),
        extreme=None if extreme else fields.number("extreme"),
        line_column=line,
        extreme_column=extreme,
        equivalents=fields.text("equivalents"),
        exponent=fields.number("exponent", 1),
        income=fields.text("income"),
        per_person=bool(fields.get("per_person", False)),
        counted=fields.text("counted"),
        size=fields.text("size"),
        scale=fields.number("scale", 1),
        holds_benefits=bool(fields.get("holds_benefits", True)),
    )
    fields.done()
    if not (made.line > 0 or made.line_column) or not made.income or not made.scale > 0:
        raise PopulationError(f"{fields.where} needs a line and a scale above zero, and an income column.")
    return made


def _line_column(fields: _Fields, key: str) -> str:
    """Return the column of a line that differs between households, as in `line = { column = "CBT" }`; else ""."""
    if not isinstance(fields.get(key), dict):
        return ""
    own = fields.table(key)
    column = own.text("column")
    own.done()
    return column


def _official(fields: _Fields) -> Official | None:
    if not fields.raw:
        return None
    made = Official(fields.text("column"), fields.texts("poor"), fields.texts("extreme"))
    fields.done()
    if not made.column:
        raise PopulationError(f"{fields.where} needs a column.")
    return made
