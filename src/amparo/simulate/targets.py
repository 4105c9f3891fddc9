"""How near a synthetic population comes to what it must reproduce: target beside achieved, with the error.

[[targets]]
key = "poverty_by_region"
names = { es = "…", pt = "…", en = "…" }
measure = "share_within"            # see MEASURES
of = "poor"                         # an input, a fact, or one of: one, size, poor, extremely_poor
by = "region"                       # the cells: names, figures, or ranges as "0-17"
having = { sex = "female" }         # who is looked at: a name, a figure, or [low, high]
unit = "household"                  # persons otherwise
tolerance = 0.5                     # in the measure's unit; or relative = 0.02
source = "…"
confidence = "derived"
values = { "Ñuble" = 12.09 }
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.measures import Estimate, SurveyDesign, gini, ratio, total
from amparo.policy import Country
from amparo.population.poverty import PovertyMethod
from amparo.population.synthesis import Synthesis
from amparo.population.table import Population

Column = NDArray[Any]
UNSURE = ("assumed", "to be checked")
ERRORS = 2.0  # standard errors of the file's own size that are allowed beside the tolerance


@dataclass(frozen=True)
class Checked:
    """One cell of a target.

    Attributes:
        target: its table in the margins.
        cell: the name of the cell; "" where the target has one value.
        goal: what the source says.
        found: what the population has, with the standard error of its size.
    """

    target: Mapping[str, Any]
    cell: str
    goal: float
    found: Estimate

    @property
    def error(self) -> float:
        """Achieved minus target."""
        return self.found.value - self.goal

    @property
    def tolerance(self) -> float:
        """What may be missed whatever the size of the population, in the measure's unit."""
        if "relative" in self.target:
            return float(self.target["relative"]) * abs(self.goal)
        return float(self.target["tolerance"])

    @property
    def allowed(self) -> float:
        """The tolerance, and two standard errors: a small population misses by chance.

        The error of a share is at least that of the wanted share: where nobody is found, the found one is zero.
        """
        error = self.found.standard_error
        if self.target["measure"] == "share_within" and self.found.clusters:
            error = max(error, np.sqrt(self.goal * (100 - self.goal) / self.found.clusters))
        return self.tolerance + ERRORS * float(error)

    @property
    def missed(self) -> bool:
        """Whether the error is larger than allowed."""
        return not abs(self.error) <= self.allowed


def check_targets(
    population: Population, synthesis: Synthesis, *, report: Callable[[float], None] = lambda _: None
) -> list[Checked]:
    """Return every cell of every target beside what a population achieves; `report` is told the share done.

    Raises:
        PopulationError: the population lacks a column that a target reads: it was made otherwise.
    """
    rows = _Rows(population, synthesis)
    targets = synthesis.margins.lists.get("targets", ())
    found: list[Checked] = []
    for done, target in enumerate(targets, 1):
        found += _checked(target, rows)
        report(done / len(targets))
    return found


def document(found: Sequence[Checked], synthesis: Synthesis, origin: str) -> dict[str, Any]:
    """Return the check in its JSON form (docs/reference/json.md)."""
    return {
        "country": synthesis.country.key,
        "population": origin,
        "missed": sum(c.missed for c in found),
        "targets": [
            {
                "target": c.target["key"],
                "names": dict(c.target["names"]),
                "cell": c.cell,
                "wanted": c.goal,
                "achieved": c.found.value,
                "standard_error": c.found.standard_error,
                "error": c.error,
                "tolerance": c.tolerance,
                "allowed": c.allowed,
                "missed": c.missed,
                "source": c.target["source"],
                "confidence": c.target["confidence"],
            }
            for c in found
        ],
        "assumptions": [dict(a) for a in synthesis.assumptions],
        "assumed_tables": _assumed(synthesis),
    }


def _assumed(synthesis: Synthesis) -> list[str]:
    """Return the tables and traits of the margins whose figures are nobody's, or were recalled and not read again."""
    margins = synthesis.margins
    tables = [k for k, t in margins.tables.items() if t.get("confidence") in UNSURE]
    return tables + [t["key"] for t in margins.lists.get("traits", ()) if t["confidence"] in UNSURE]


def _checked(target: Mapping[str, Any], rows: _Rows) -> Iterator[Checked]:
    of_households = target.get("unit") == "household"
    measure = MEASURES.get(target["measure"])
    if measure is None:
        hint = nearest(target["measure"], MEASURES)
        raise PopulationError(f"target {target['key']}: there is no measure '{target['measure']}'.{hint}")
    design = rows.design(households=of_households)
    inside = np.ones(len(design), dtype=np.bool_)
    for key, wanted in target.get("having", {}).items():
        inside &= rows.chosen(key, wanted, households=of_households)
    of = rows.column(target["of"], households=of_households).astype(np.float64)
    for cell, goal in target["values"].items():
        chosen = inside
        if cell:
            chosen = inside & rows.chosen(target["by"], _range(cell), households=of_households)
        context = _Context(of, chosen, design, rows, of_households)
        yield Checked(target, cell, float(goal), measure(context))


def _range(cell: str) -> Any:
    """Return what the name of a cell means: a range, a figure or a text."""
    parts = cell.split("-")
    if all(p.isdigit() for p in parts):
        return [int(parts[0]), int(parts[-1])]
    return cell


class _Rows:
    """The columns of a population as persons and as households have them."""

    def __init__(self, population: Population, synthesis: Synthesis) -> None:
        self.population, self.country = population, synthesis.country
        self._made: dict[tuple[str, bool], Column] = {}
        homes = SurveyDesign(population.weight)
        spread = population.to_persons
        self._designs = {
            True: homes,
            False: SurveyDesign(spread(population.weight), None, spread(np.arange(len(homes)))),
        }
        self._special = _special(population, synthesis.mapping.poverty)

    def design(self, *, households: bool) -> SurveyDesign:
        """Return the design of households, or of persons with households as clusters."""
        return self._designs[households]

    def column(self, key: str, *, households: bool) -> Column:
        """Return an input, a fact or a special column, spread over persons where they are looked at."""
        if (key, households) not in self._made:
            self._made[key, households] = self._column(key, households)
        return self._made[key, households]

    def _column(self, key: str, households: bool) -> Column:
        p = self.population
        of_homes = {**p.households, **p.household_facts, **self._special}
        of_persons = {**p.persons, **p.person_facts}
        if key in of_homes:
            return of_homes[key] if households else p.to_persons(of_homes[key])
        if households or key not in of_persons:
            raise PopulationError(
                f"the population has no column '{key}'.{nearest(key, {**of_homes, **of_persons})} "
                "Only what `amparo population synthesise` wrote can be checked."
            )
        return of_persons[key]

    def chosen(self, key: str, wanted: Any, *, households: bool) -> NDArray[np.bool_]:
        """Return the rows whose column is a name, a figure, or within [low, high]."""
        column = self.column(key, households=households)
        if isinstance(wanted, str):
            return np.asarray(column == _code(self.population, self.country, key, wanted))
        low, high = wanted if isinstance(wanted, Sequence) else (wanted, wanted)
        return np.asarray((column >= low) & (column <= high))


def _code(population: Population, country: Country, key: str, name: str) -> int:
    names = population.labels.get(key) or (country.inputs[key].type.categories if key in country.inputs else ())
    if name not in names:
        raise PopulationError(f"'{name}' is no value of '{key}'.{nearest(name, names)} Correct the targets.")
    return names.index(name)


def _special(population: Population, method: PovertyMethod | None) -> dict[str, Column]:
    """Return the columns of households that no file holds: one, size, who is poor."""
    found: dict[str, Column] = {"one": np.ones(population.household_count), "size": population.sizes}
    if method is not None:
        equivalent = method.equivalised(population)
        found["poor"] = equivalent < method.line
        if method.extreme is not None:
            found["extremely_poor"] = equivalent < method.extreme
    return found


@dataclass(frozen=True)
class _Context:
    """What a measure is taken of: a column, the rows of a cell, the design."""

    of: Column
    chosen: NDArray[np.bool_]
    design: SurveyDesign
    rows: _Rows
    households: bool

    def size(self) -> Column:
        return self.rows.column("size", households=self.households)


def _times(found: Estimate, factor: float) -> Estimate:
    return replace(found, value=found.value * factor, standard_error=found.standard_error * factor)


def _share(c: _Context) -> Estimate:
    return _times(ratio(c.of * c.chosen, np.ones(len(c.of)), c.design), 100)


def _share_within(c: _Context) -> Estimate:
    return _times(ratio(c.of, np.ones(len(c.of)), c.design, domain=c.chosen), 100)


def _mean(c: _Context) -> Estimate:
    return ratio(c.of, np.ones(len(c.of)), c.design, domain=c.chosen)


def _total(c: _Context) -> Estimate:
    return total(c.of, c.design, domain=c.chosen)


def _gini_per_head(c: _Context) -> Estimate:
    return gini(c.of / c.size(), c.design, domain=c.chosen)


def _fifths(c: _Context) -> Estimate:
    tenth = c.rows.column("tenth", households=c.households)
    return ratio(c.of * (tenth >= 9), c.of * (tenth <= 2), c.design, domain=c.chosen)


MEASURES: dict[str, Callable[[_Context], Estimate]] = {
    "share": _share,  # of everybody, in %
    "share_within": _share_within,  # of the cell, in %
    "mean": _mean,
    "total": _total,
    "gini_per_head": _gini_per_head,  # of a household's income per member
    "fifths": _fifths,  # the richest fifth of households over the poorest, by autonomous income per head
}
