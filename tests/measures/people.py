"""Persons on whom every measure can be taken: a column or a figure for each name of an argument.

A new measure is covered by its signature alone; a new name of an argument wants a line in COLUMNS, TABLES or FIGURES.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import amparo.measures as m

ITEMS = (*m.HOUSEHOLD_ITEMS, *m.PERSONAL_ITEMS)
Places = NDArray[np.intp]

# argument → the column of persons that it is
COLUMNS = {
    **dict.fromkeys(("income", "values", "welfare", "baseline", "before", "denominator"), "income"),
    **dict.fromkeys(("after", "reform"), "after"),
    **dict.fromkeys(("amount", "tax", "numerator"), "amount"),
    "without": "market",
    "age": "age",
    "months_employed": "months",
    "group": "group",
    "target": "target",
    "deprived": "no_school",
    "score": "score",
}
# argument → several columns of persons as one
TABLES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "items": lambda c: {name: c[f"lacks_{i}"] for i, name in enumerate(ITEMS)},
    "intensity": lambda c: m.work_intensity(
        np.arange(c["age"].size), c["age"], c["months"], student=c["nobody"], retired=c["nobody"]
    ),
    "poor": lambda c: np.column_stack([c["poor_0"], c["poor_1"], c["poor_2"]]),
    "deprivations": lambda c: {"school": c["no_school"], "water": c["no_water"]},
    "sources": lambda c: {"work": c["market"], "benefit": c["amount"]},
    "amounts": lambda c: {"benefit": c["amount"], "tax": -c["tax"]},
    "concepts": lambda c: m.income_concepts(
        c["income"],
        at="disposable",
        pensions=0,
        pension_contributions=0,
        direct_taxes=c["tax"],
        social_contributions=0,
        direct_transfers={"benefit": c["amount"]},
        indirect_taxes=0,
        indirect_subsidies=0,
    ),
}
FIGURES: dict[str, Any] = {
    "line": 20.0,
    "base_line": 16.0,
    "prices": 1.25,
    "alpha": 1.5,
    "aversion": 0.5,
    "p": 0.3,
    "cutoff": 0.5,
    "groups": 4,
    "points": (0.25, 0.5, 1.0),
}
# columns in which a missing value is an answer, and its row is left out and counted
MAY_MISS = {"months", "lacks_0", "no_school", "no_water", "score", "poor_0", "poor_1", "poor_2"}


@dataclass(frozen=True)
class People:
    """A sample of persons.

    Args:
        columns: [n] each, those of the design among them.
        form:    how a measure is handed a column.
    """

    columns: dict[str, Any]
    form: Callable[[Any], Any] = lambda column: column

    @classmethod
    def drawn(cls, n: int = 240, seed: int = 5, *, strata: int = 4, clusters: int = 6) -> "People":
        """Return persons in strata of as many clusters each, richer and poorer clusters among them."""
        draw = np.random.default_rng(seed)
        stratum, cluster = np.arange(n) % strata, np.arange(n) // strata % clusters
        level = (draw.normal(0, 0.3, (strata, clusters)) + np.linspace(-0.2, 0.2, strata)[:, None])[stratum, cluster]
        market = np.exp(draw.normal(3.3, 0.7, n) + level).round(2)
        amount = np.where(market < 25, draw.uniform(2, 8, n), 0.0).round(2)
        tax = np.where(market > 20, 0.1 * market, 0.0).round(2)
        lacks = {f"lacks_{i}": (draw.random(n) < 0.4).astype(float) for i in range(len(ITEMS))}
        no_school, no_water = ((draw.random(n) < 0.4).astype(float) for _ in range(2))
        return cls(
            {
                "weight": draw.integers(1, 9, n).astype(float),
                "stratum": np.array(["north", "south", "east", "west"])[stratum] if strata == 4 else stratum,
                "cluster": cluster,
                "income": market + amount - tax,
                "after": (market + amount * draw.uniform(0.2, 1.8, n)).round(2),
                "market": market,
                "amount": amount,
                "tax": tax,
                "age": draw.integers(18, 65, n).astype(float),
                "months": draw.integers(0, 13, n).astype(float),
                "group": np.array(["men", "women"])[draw.integers(0, 2, n)],
                "target": market < 22,
                "nobody": np.zeros(n, np.bool_),
                "no_school": no_school,
                "no_water": no_water,
                "score": (no_school + no_water) / 2,
                **{f"poor_{year}": (draw.random(n) < 0.4).astype(float) for year in range(3)},
                **lacks,
            }
        )

    def __len__(self) -> int:
        return len(self.columns["weight"])

    def take(self, places: Places) -> "People":
        """Return these persons, in this order, some perhaps twice."""
        return replace(self, columns={name: column[places] for name, column in self.columns.items()})

    def with_(self, **columns: Any) -> "People":
        """Return the same persons with other values."""
        return replace(self, columns=self.columns | columns)

    def scaled(self, factor: float) -> "People":
        """Return the same persons, each weight so many times as large."""
        return self.with_(weight=factor * self.columns["weight"])

    def design(self, **more: Any) -> m.SurveyDesign:
        """Return how they were drawn."""
        weight, stratum, cluster = (self.form(self.columns[name]) for name in ("weight", "stratum", "cluster"))
        return m.SurveyDesign(weight, stratum, cluster, **more)

    def argument(self, name: str) -> Any:
        """Return what a measure is told for an argument of this name."""
        if name in COLUMNS:
            return self.form(self.columns[COLUMNS[name]])
        if name in TABLES:
            found = TABLES[name](self.columns)
            return {k: self.form(v) for k, v in found.items()} if isinstance(found, dict) else found
        assert name in FIGURES, f"say in tests/measures/people.py what '{name}' is"
        return FIGURES[name]

    def arguments(self, measure: str) -> dict[str, Any]:
        """Return every argument that a measure needs, without the design."""
        return {name: self.argument(name) for name in needed(measure) if name != "design"}

    def measured(self, measure: str, design: Any = None, **more: Any) -> Any:
        """Return what a measure finds."""
        design = self.design() if design is None else design
        return getattr(m, measure)(**self.arguments(measure), design=design, **more)


def needed(measure: str) -> list[str]:
    """Return the arguments that a measure cannot do without."""
    wanted = inspect.signature(getattr(m, measure)).parameters
    return [name for name, p in wanted.items() if p.default is p.empty]


def columns_of(measure: str) -> list[str]:
    """Return the columns of persons that a measure reads, by their names among people."""
    people, read = People.drawn(8), set()

    class Spy(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            read.add(name)
            return super().__getitem__(name)

    replace(people, columns=Spy(people.columns)).arguments(measure)
    return sorted(read - {f"lacks_{i}" for i in range(1, 13)})


def estimated() -> list[str]:
    """Return the measures that give one `Estimate`."""
    return [name for name in m.__all__ if isinstance(getattr(m, name), m.Measure)]


def every() -> list[str]:
    """Return whatever takes a design and persons: measures, decompositions, curves, groupings."""
    found = []
    for name in m.__all__:
        each = getattr(m, name)
        if callable(each) and not inspect.isclass(each):
            wanted = list(inspect.signature(each).parameters)
            if "design" in wanted[1:]:
                found.append(name)
    return found


def numbers(found: Any) -> Iterator[float]:
    """Give every number of a result, whatever its form; labels are passed over."""
    if isinstance(found, (bool, int, float, np.number)):
        yield float(found)
    elif isinstance(found, np.ndarray):
        yield from found.astype(float).ravel().tolist()
    elif isinstance(found, Mapping):
        for each in found.values():
            yield from numbers(each)
    elif isinstance(found, (list, tuple)):
        for each in found:
            yield from numbers(each)
    elif hasattr(found, "__dataclass_fields__"):
        yield from numbers(vars(found))
