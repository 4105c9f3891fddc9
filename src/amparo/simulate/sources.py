"""Where a population comes from: a survey by name, generated households, or a file with its mapping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from amparo.errors import PopulationError
from amparo.expr.arithmetic import DIGITS
from amparo.policy import Benefit, Country
from amparo.population.computability import Computability, Status, computability, generated
from amparo.population.flat import origin_of, read_parquet
from amparo.population.generator import random_population
from amparo.population.mapping import Mapping
from amparo.population.mapping_file import load_mapping
from amparo.population.readers import read
from amparo.population.synthesis import PREFIX, Synthesis, label, synthesis_of
from amparo.population.table import Population
from amparo.population.validation import validate
from amparo.simulate.assumptions.economy import economy_of
from amparo.simulate.assumptions.uprating import Uprating
from amparo.simulate.scenario import Report, following

MOST_PERSONS = 100_000_000


@dataclass(frozen=True)
class Source:
    """A population with what is known of it.

    Attributes:
        kind: survey, file, synthetic (invented people with a country's margins) or generated (of any country).
        month: the month of its incomes; None for generated households.
        uprating: how incomes of that month were brought to the law's; None where nothing was.
    """

    label: str
    kind: str
    population: Population
    mapping: Mapping | None
    computability: Sequence[Computability]
    month: date | None
    uprating: Uprating | None = None

    @property
    def computable(self) -> list[Benefit]:
        """The benefits that this population lets us compute."""
        return [c.benefit for c in self.computability if c.status is not Status.NOT_COMPUTABLE]


def open_source(
    country: Country,
    text: str,
    *,
    on: date | None,
    mapping: Path | None,
    report: Report,
    months: int = 1,
    uprate: str = "",
) -> tuple[Source, date]:
    """Return a population and the month to simulate.

    Args:
        text: "casen2022:FILE" (a survey whose mapping the country ships), "synthetic:PERSONS[:SEED]", a file that
            `amparo population synthesise` wrote, or a file.
        on: the month of law; by default that of the survey's incomes, or this country's newest law.
        mapping: the mapping of a plain file.
        months: how many months of law will be run.
        uprate: the declared index by which incomes of another year are brought to the month of law.

    Raises:
        PopulationError: an unknown survey, a malformed file, or incomes of another year than the law and no index:
            pesos of different years are not compared.
    """
    name, _, rest = text.partition(":")
    written = "" if mapping or name == "synthetic" else _origin(text)
    if written or name == "synthetic":
        persons, seed = _size(written.removeprefix(PREFIX) or rest)
        synthesis = synthesis_of(country)
        if synthesis is not None:
            path = Path(text) if written else None
            return _synthetic(synthesis, persons, seed, path=path, on=on, report=report, months=months, uprate=uprate)
        if uprate:
            raise PopulationError("--uprate moves the incomes of a survey; generated households have none to move.")
        return _generated(country, persons, seed, on, report, months)
    declared, path, kind = survey_named(country, text, mapping)
    month = (on or declared.income_month or date.today()).replace(day=1)  # noqa: DTZ011 - the command line's clock
    uprating = _uprating(country, declared, month, uprate)
    report("read", 0.0)
    population = read(path, declared, country)
    report("read", 1.0)
    return _prepared(declared.name, kind, population, declared, country, month, months, uprating), month


def survey_named(country: Country, text: str, mapping: Path | None) -> tuple[Mapping, Path, str]:
    """Return the mapping and the path that "casen2022:FILE", or a file with its mapping, mean, and which of the two.

    Raises:
        PopulationError: no such survey and no mapping, or a mapping that names what the country lacks.
    """
    name, _, rest = text.partition(":")
    shipped = shipped_mappings(country)
    if rest and name in shipped:
        declared, path, kind = load_mapping(shipped[name]), Path(rest), "survey"
    elif mapping is not None:
        declared, path, kind = load_mapping(mapping), Path(text), "file"
    else:
        known = [f"{k}:FILE" for k in shipped] + ["synthetic:PERSONS"]
        raise PopulationError(f"'{text}' needs a mapping: add --mapping, or use one of {', '.join(known)}.")
    declared.check(country)
    return declared, path, kind


def _prepared(
    name: str,
    kind: str,
    population: Population,
    declared: Mapping,
    country: Country,
    month: date,
    months: int,
    uprating: Uprating | None,
) -> Source:
    """Return a population that was read by a mapping, checked and at the prices of the law."""
    validate(population, country).raise_errors()
    if uprating:
        population = uprating.population(population, country)
        declared = replace(declared, poverty=uprating.method(declared.poverty) if declared.poverty else None)
    found = _throughout(lambda m: computability(declared, country, m), month, months)
    return Source(name, kind, population, declared, found, declared.income_month, uprating)


def _synthetic(
    synthesis: Synthesis,
    persons: int,
    seed: int,
    *,
    path: Path | None,
    on: date | None,
    report: Report,
    months: int,
    uprate: str,
) -> tuple[Source, date]:
    """Return invented people with a country's margins, made now or read from the file into which they were written.

    They are invented for the month of law: unless another index is named, the economy's first brings them there.
    """
    country, mapping = synthesis.country, synthesis.mapping
    month = (on or mapping.income_month or newest_month(country)).replace(day=1)
    country.on(month)
    far = mapping.income_month is not None and mapping.income_month.year != month.year
    uprating = _uprating(
        country, mapping, month, uprate or (next(iter(economy_of(country).indices), "") if far else "")
    )
    report("generate", 0.0)
    if path is None:
        population = synthesis.population(persons, seed, report=lambda share: report("generate", share))
    else:
        population = read_parquet(path, country)
        report("generate", 1.0)
    return _prepared(label(persons, seed), "synthetic", population, mapping, country, month, months, uprating), month


def _origin(text: str) -> str:
    """Return 'synthetic:PERSONS:SEED' for a file that holds such a population, "" for anything else."""
    path = Path(text)
    if path.suffix != ".parquet" or not path.is_file():
        return ""
    try:
        return origin_of(path)
    except (pa.ArrowException, OSError):
        return ""  # the reader says what is wrong with it


def _size(text: str) -> tuple[int, int]:
    """Return persons and seed of 'PERSONS[:SEED]'."""
    size, _, seed = text.partition(":")
    stated = size.replace("_", ""), seed or "1"
    persons, stream = (int(n) if n.isdecimal() and len(n) <= DIGITS else None for n in stated)
    if not persons or stream is None:
        raise PopulationError(f"'synthetic:{text}' needs a number of persons and maybe a seed: synthetic:100000:7.")
    if persons > MOST_PERSONS:
        raise PopulationError(f"'synthetic:{text}' does not fit into memory; ask for at most {MOST_PERSONS:,} persons.")
    return persons, stream


def _uprating(country: Country, mapping: Mapping, month: date, index: str) -> Uprating | None:
    """Return how incomes are brought to a month; nothing within the year of the incomes, unless asked for."""
    first, economy = mapping.income_month, economy_of(country)
    if first is None or (first.year == month.year and not index):
        return None
    if not index:
        known = ", ".join(economy.indices) or "none: add one to the country's economy.toml"
        raise PopulationError(
            f"{mapping.name} holds incomes of {first:%Y-%m}, but the law is of {month:%Y-%m}: choose an index with "
            f"--uprate ({known}), or simulate a month of {first.year}."
        )
    found = Uprating(economy.index(index), first, month)
    if not found.factor > 0:
        raise PopulationError(f"the index '{index}' is not above zero; correct economy.toml.")
    return found


def _throughout(of_month: Callable[[date], Sequence[Computability]], first: date, months: int) -> list[Computability]:
    """Return what can be computed in every one of some months; a benefit counts in the months in which it exists."""
    found: dict[Benefit, Computability] = {}
    month = first
    for _ in range(months):
        for each in of_month(month):
            found[each.benefit] = found[each.benefit].beside(each) if each.benefit in found else each
        month = following(month)
    return list(found.values())


def shipped_mappings(country: Country) -> dict[str, Path]:
    """Return the mappings of surveys that come with a country, by name."""
    folder = country.folder.joinpath("population")
    if not folder.is_dir():
        return {}
    found = {f.name.removesuffix(".toml"): f for f in folder.iterdir() if f.name.endswith(".toml")}
    return {k: f for k, f in found.items() if k != "synthetic"}  # type: ignore[misc]


def _generated(
    country: Country, persons: int, seed: int, on: date | None, report: Report, months: int
) -> tuple[Source, date]:
    """Return random households of a country that has no margins."""
    month = (on or newest_month(country)).replace(day=1)
    edition = country.on(month)
    report("generate", 0.0)
    population = random_population(country, persons, seed, edition=edition)
    report("generate", 1.0)
    known = _throughout(lambda m: generated(country, m), month, months)
    return Source(label(persons, seed), "generated", population, None, known, None), month


def newest_month(country: Country) -> date:
    """Return the newest month in which a figure of the country's law begins."""
    if not country.programmes:
        raise PopulationError(f"{country.key} has no programme written as rules yet; give a survey to measure instead.")
    month = max(r.since for p in country.programmes for r in p.regimes)
    edition = country.on(month)
    starts = [v.since for p in edition.parameters for v in p.values if v.value is not None]
    today = date.today()  # noqa: DTZ011 - the command line's clock
    return max([m for m in [month, *starts] if m <= today])
