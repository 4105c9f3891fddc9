"""Which column of a survey or register is which declared input: data in TOML, with every assumption said aloud.

    name = "CASEN 2022"
    income_month = "2022-11"

    [household]
    id = ["id_vivienda", "hogar"]      # one column or several together
    [person]
    weight = "expr"                    # a household's weight is its head's
    head = { column = "pco1_a", values = ["Sí"] }

    [inputs.age]
    column = "edad"
    [inputs.sex]
    column = "sexo"
    values = { "1. Hombre" = "male", "2. Mujer" = "female" }
    [inputs.student]
    column = "edad"
    between = [6, 17]
    assumption = { es = "…", pt = "…", en = "…" }

    [not_available]
    base_pension = { es = "…", pt = "…", en = "…" }

    [[join]]                           # another table of the survey, or rows written here, brought to each person
    table = "*ingresos*"               # a file beside the persons'
    on = ["folioviv", "foliohog", "numren"]
    made.pensions = { column = "ing_tri", where = { column = "clave", values = ["P032"] }, take = "sum" }

An input that no table names cannot be computed with this file, and neither can the benefits that read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from amparo.errors import PopulationError, nearest
from amparo.policy import Country, Names
from amparo.population.poverty import PovertyMethod

if TYPE_CHECKING:
    pass

NOBODY_AT_ALL = "nobody"
RECEIVED = "received."  # household facts that a mapping names so hold what respondents say they receive, a month
TAKES = ("head", "first", "sum", "any", "largest", "smallest")


@dataclass(frozen=True)
class Choice:
    """The rows whose column has one of some values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Gathered:
    """One column made of the rows that another table holds for a key: their sum, or whether there is any."""

    column: str
    where: Choice | None = None
    take: str = "sum"


@dataclass(frozen=True)
class Join:
    """Columns of another table, found by key: a file beside the persons', or rows that the mapping itself holds.

    Args:
        on: columns that both tables have; together they name one row, unless columns are `made` of several.
        table: a pattern that one file in the persons' folder matches, as in `*ingresos*`.
        columns: what is brought over as it stands; a key that the other table lacks is an error.
        rows: the other table itself: values of `on`, then of `columns`.
        made: new column → how it follows from the rows of a key; without any row it is nothing, or no.
    """

    on: tuple[str, ...]
    table: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    made: Table[str, Gathered] = field(default_factory=dict)

    @property
    def brings(self) -> tuple[str, ...]:
        """The columns that persons have after it."""
        return (*self.columns, *self.made)


@dataclass(frozen=True)
class InputSource:
    """Where one input comes from, step by step in this order.

    Args:
        key: the declared input.
        column: the source column.
        plus: further columns that are added to it; of several a missing one counts as nothing, unless all are.
        constant: one value for everybody, instead of a column; needs an assumption.
        related: yes for whoever has this relation, instead of a column.
        unknown: source values that mean "does not know".
        values: source value → value of the input (a category, true or false, a number).
        otherwise: the value of every source value that `values` does not name.
        between: yes or no, whether the source value lies in [low, high].
        limits, figures: brackets: the figure of the first limit that the source value does not exceed, the last
            figure above all limits.
        scale, add, at_least: figure · scale + add, raised to at_least, in the input's own unit.
        where: outside these rows the value is 0, or no.
        rounding: "half_up", "down" or "up" to the input's smallest unit; without it a finer value is an error.
        take: how a household's value comes from its members' rows.
        missing: value of whoever has none; without it they stay unknown.
        assumptions: what is assumed, in three languages.
    """

    key: str
    column: str = ""
    plus: tuple[str, ...] = ()
    constant: Any = None
    related: str = ""
    unknown: tuple[str, ...] = ()
    values: Table[str, Any] | None = None
    otherwise: Any = None
    between: tuple[float, float] | None = None
    limits: tuple[float, ...] = ()
    figures: tuple[float, ...] = ()
    scale: float = 1
    add: float = 0
    at_least: float | None = None
    where: Choice | None = None
    rounding: str = ""
    take: str = "head"
    missing: Any = None
    assumptions: tuple[Names, ...] = ()


@dataclass(frozen=True)
class Kin:
    """How relations follow from one kinship column, within the household or a part of it.

    Parents come from the roles: a child of both points at head and partner by their sex. Where a survey names
    the head only, the partner can be presumed (the adult nearest in age to the head, in the households of
    `partner_where`) and so can the children (every member under `children_under`). A table may hold a pointer at
    one parent instead, of either sex: an empty cell says nothing there, and the next table decides.
    """

    column: str = ""
    head: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    child_of_both: tuple[str, ...] = ()
    child_of_head: tuple[str, ...] = ()
    child_of_partner: tuple[str, ...] = ()
    partner_where: Choice | None = None
    children_under: int = 0
    parent: RelationSource | None = None


@dataclass(frozen=True)
class RelationSource:
    """Where one relation comes from: a pointer at another column's value in the household, or kinship.

    `kin` is "mother", "father" or "partner", read from the mapping's kin tables, or "nobody": no one is taken to
    have this relation; `elsewhere` says what a pointer
    at nobody in the household means: "outside", "unknown" or, without it, an error.;
    `empty` says what no pointer at all means: "unknown", or "nobody".
    """

    key: str
    column: str = ""
    match: str = ""
    nobody: tuple[str, ...] = ()
    elsewhere: str = ""
    empty: str = "unknown"
    kin: str = ""
    assumptions: tuple[Names, ...] = ()


@dataclass(frozen=True)
class FactSource:
    """A column kept for reports: not read by any rule."""

    key: str
    column: str
    of_household: bool = False
    plus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Official:
    """The published status of each person."""

    column: str
    poor: tuple[str, ...]
    extreme: tuple[str, ...]


@dataclass(frozen=True)
class Mapping:
    """A survey or register as the country's declared inputs see it; see this module's text for the TOML.

    `female` tells mothers from fathers where the country declares no sex; `left_out` are the households that the
    survey itself gives no weight (who did not answer).
    """

    name: str
    household_id: tuple[str, ...]
    source: str = ""
    income_month: date | None = None
    person_id: tuple[str, ...] = ()
    weight: str = ""
    person_weight: str = ""
    stratum: str = ""
    cluster: str = ""
    head: Choice | None = None
    female: Choice | None = None
    left_out: Choice | None = None
    joins: tuple[Join, ...] = ()
    inputs: Table[str, InputSource] = field(default_factory=dict)
    relations: Table[str, RelationSource] = field(default_factory=dict)
    kin: tuple[Kin, ...] = ()
    facts: Table[str, FactSource] = field(default_factory=dict)
    not_available: Table[str, Names] = field(default_factory=dict)
    not_computable: Table[str, Names] = field(default_factory=dict)
    poverty: PovertyMethod | None = None
    official: Official | None = None
    file: Table[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns of a person that the mapping reads, each once, those that joins bring included."""
        return list(dict.fromkeys(c for c in self._columns() if c))

    @property
    def own_columns(self) -> list[str]:
        """The columns that the file of persons must have, each once."""
        joined = {c for j in self.joins for c in j.brings}
        keys = [c for j in self.joins for c in j.on]
        needed = [*self.columns, *keys, *([self.left_out.column] if self.left_out else [])]
        return list(dict.fromkeys(c for c in needed if c not in joined))

    def _columns(self) -> Iterator[str]:
        yield from (*self.household_id, *self.person_id, self.weight, self.person_weight, self.stratum, self.cluster)
        yield from (c.column for c in (self.head, self.female) if c)
        for source in self.inputs.values():
            yield from (source.column, *source.plus, source.where.column if source.where else "")
        for relation in self.relations.values():
            yield from (relation.column, relation.match)
        for kin in self.kin:
            yield from (kin.column, *kin.within, kin.partner_where.column if kin.partner_where else "")
            yield from (kin.parent.column, kin.parent.match) if kin.parent else ()
        for fact in self.facts.values():
            yield from (fact.column, *fact.plus)
        if self.poverty:
            yield from self.poverty.columns
        yield self.official.column if self.official else ""

    def check(self, country: Country) -> None:
        """Raise PopulationError if the mapping names an input, relation or benefit that the country lacks."""
        benefits = {b.key for p in country.programmes for b in p.benefits}
        member = country.household.member
        for what, used, known in (
            ("input", self.inputs, country.inputs),
            ("relation", self.relations, member.relations),
            ("input", self.not_available, {**country.inputs, **member.relations}),
            ("benefit", self.not_computable, benefits),
        ):
            for key in used:
                if key not in known:
                    raise PopulationError(f"{self.name}: {country.key} has no {what} '{key}'.{nearest(key, known)}")
        for source in self.inputs.values():
            if source.related and source.related not in self.relations:
                raise PopulationError(
                    f"{self.name}: {source.key} is read from the relation '{source.related}', which has no table; "
                    f"add [relations.{source.related}]."
                )
