"""A household of a fixed size of which only the declared ranges are known: what a proof ranges over.

`ASSUMED` says in words what is taken for granted about every such household; nothing else is.
"""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from amparo.errors import PolicyError
from amparo.execute.cases import OUTSIDE
from amparo.execute.exact import Row
from amparo.execute.prove.linear import Linear, Numbers, Truth, constant, unknown
from amparo.execute.prove.solver import solver
from amparo.expr import Kind, State, Type
from amparo.expr.entities import Input
from amparo.policy import Names

ASSUMED: tuple[Names, ...] = (
    {
        "es": "Todo dato que la propiedad lee se conoce y está dentro de su rango declarado.",
        "pt": "Todo dado que a propriedade lê é conhecido e está dentro da faixa declarada.",
        "en": "Every input that the property reads is known, and lies in its declared range.",
    },
    {
        "es": "Los montos son números enteros de la menor unidad de la moneda; las cuentas y los meses, enteros.",
        "pt": "Os valores são números inteiros da menor unidade da moeda; contagens e meses, inteiros.",
        "en": "Amounts are whole numbers of the smallest unit of the currency; counts and months are whole.",
    },
    {
        "es": "Las fechas están entre 1900 y 2100; nadie nace después del mes de la ley.",
        "pt": "As datas estão entre 1900 e 2100; ninguém nasce depois do mês da lei.",
        "en": "Days lie between 1900 and 2100; nobody is born after the month of the law.",
    },
    {
        "es": "Nadie es pariente de sí mismo; si una regla lee un dato de un pariente, este vive en el hogar o no "
        "existe.",
        "pt": "Ninguém é parente de si mesmo; se uma regra lê um dado de um parente, ele vive no domicílio ou não "
        "existe.",
        "en": "Nobody is their own relation; where a rule reads about a relation, they live here or there is nobody.",
    },
    {
        "es": "Lo que se arrastra de un mes a otro no es negativo.",
        "pt": "O que passa de um mês para outro não é negativo.",
        "en": "What is carried from month to month is not negative.",
    },
    {
        "es": "Los datos no se contradicen en lo que el país declara: una madre es mayor que su hija, la pareja es "
        "mutua.",
        "pt": "Os dados não se contradizem no que o país declara: a mãe é mais velha que a filha, o casal é mútuo.",
        "en": "Facts do not contradict each other in what the country declares: a mother is older, partners are "
        "mutual.",
    },
)

NOBODY, ELSEWHERE = -1, -2
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, eq=False)
class Name:
    """A category: the position of its name in the declared ones."""

    position: Linear
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Day:
    """A day: months since year zero, and the day of the month."""

    month: Linear
    day: Linear

    @property
    def order(self) -> Linear:
        """A number that grows with the day."""
        return self.month.times(Fraction(32)) + self.day


Symbol = Truth | Linear | Name | Day


def known_day(day: date) -> Day:
    """Return a known day."""
    return Day(constant(day.year * 12 + day.month - 1), constant(day.day))


@dataclass(frozen=True, eq=False)
class Variable:
    """One thing about the household that is open: where it is written in a case, and how to read it in a model.

    Attributes:
        place: ("household" | "members" | "states" | "moved", key, member or None).
        symbol: what stands for it.
        plain: the value to which a counterexample is brought back when it can be.
    """

    place: tuple[str, str, int | None]
    type: Type
    symbol: Symbol
    plain: Any


class People:
    """The unknowns of one household of `size` members, made when first read.

    `facts` are what is declared about them: ranges, categories, whom a relation can point at.
    """

    def __init__(self, size: int, month: date) -> None:
        self.size, self.month = size, month
        self.numbers = Numbers()
        self.variables: dict[tuple[str, str, int | None], Variable] = {}
        self.ranges: list[Any] = []

    @property
    def facts(self) -> list[Any]:
        """What holds of every household of this size."""
        return [*self.ranges, *self.numbers.facts]

    def input(self, declared: Input[Any], row: Row) -> Symbol:
        """Return the value of an input for a member or the household."""
        place = ("members", declared.key, row[0]) if row else ("household", declared.key, None)
        return self._variable(place, declared.type, declared)

    def moved(self, declared: Input[Any], row: Row) -> Symbol:
        """Return the value to which an input moves: another one in the same range."""
        return self._variable(("moved", declared.key, row[0] if row else None), declared.type, declared)

    def state(self, declared: State[Any, Any], row: Row) -> Symbol:
        """Return what is carried from last month."""
        place = ("states", declared.key, row[0] if row else None)
        return self._variable(place, declared.type, Carried(declared.key))

    def pointer(self, relation: str, member: int) -> Linear:
        """Return at whom a relation points: a member's position, NOBODY or ELSEWHERE."""
        place = ("members", relation, member)
        if place not in self.variables:
            values = frozenset({ELSEWHERE, NOBODY, *range(self.size)} - {member})
            term = solver().Int(f"{relation}@{member}")
            unit = self.numbers.unit(term, low=Fraction(ELSEWHERE), high=Fraction(self.size - 1), values=values)
            self.ranges += [term >= ELSEWHERE, term < self.size, term != member]
            self.variables[place] = Variable(place, POINTER, unknown(unit), NOBODY)
        return cast(Linear, self.variables[place].symbol)

    def known_here(self, pointer: Linear) -> None:
        """Take for granted that a related person does not live elsewhere: a rule reads a value of theirs."""
        ((unit, _),) = pointer.parts.items()
        fact = unit.term != ELSEWHERE
        if not any(fact.eq(f) for f in self.ranges):
            self.ranges.append(fact)

    def _variable(self, place: tuple[str, str, int | None], type_: Type, declared: Any) -> Symbol:
        if place not in self.variables:
            name = ".".join(str(p) for p in place if p is not None)
            self.variables[place] = self._made(place, type_, declared, name)
        return self.variables[place].symbol

    def _made(self, place: tuple[str, str, int | None], type_: Type, declared: Any, name: str) -> Variable:
        z3, kind = solver(), type_.kind
        if kind is Kind.BOOL:
            return Variable(place, type_, z3.Bool(name), plain=False)
        if kind is Kind.CATEGORY:
            last = len(type_.categories) - 1
            position = self._number(name, Fraction(1), 0, last)
            return Variable(place, type_, Name(position, type_.categories), plain=type_.categories[0])
        if kind is Kind.DATE:
            return Variable(place, type_, self._day(name, declared), plain=date(self.month.year - 30, 1, 1))
        if kind is Kind.NUMBER:
            return Variable(place, type_, self._real(name, declared.low, declared.high), plain=_plain(declared))
        number = self._number(name, type_.unit, declared.low, declared.high)
        return Variable(place, type_, number, plain=_plain(declared))

    def _number(self, name: str, unit: Fraction, low: Any, high: Any) -> Linear:
        """Return a whole number of units between two bounds, included."""
        least = None if low is None else Fraction(math.ceil(Fraction(low) / unit))
        most = None if high is None else Fraction(math.floor(Fraction(high) / unit))
        term = solver().Int(name)
        self.ranges += [term >= int(least)] if least is not None else []
        self.ranges += [term <= int(most)] if most is not None else []
        return unknown(self.numbers.unit(term, low=least, high=most), unit)

    def _real(self, name: str, low: Any, high: Any) -> Linear:
        z3 = solver()
        term = z3.Real(name)
        least, most = (None if x is None else Fraction(x) for x in (low, high))
        self.ranges += [term >= z3.RealVal(str(least))] if least is not None else []
        self.ranges += [term <= z3.RealVal(str(most))] if most is not None else []
        return unknown(self.numbers.unit(term, whole=False, low=least, high=most))

    def _day(self, name: str, declared: Any) -> Day:
        z3 = solver()
        last = self.month.year * 12 + self.month.month - 1 if "birth" in declared.key else LAST_YEAR * 12 + 11
        month = self._number(f"{name}.month", Fraction(1), FIRST_YEAR * 12, last)
        day = self._number(f"{name}.day", Fraction(1), 1, 31)
        (m, d), ((m_unit, _),) = (month.scaled()[0], day.scaled()[0]), month.parts.items()
        of_year, year = m_unit.term % 12, m_unit.term / 12
        leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
        short = z3.Or(*(of_year == i for i in (3, 5, 8, 10)))
        self.ranges += [z3.Implies(short, d <= 30), z3.Implies(of_year == 1, z3.If(leap, d <= 29, d <= 28)), m >= 0]
        made = Day(month, day)
        for bound, sign in ((declared.low, 1), (declared.high, -1)):
            if isinstance(bound, date):
                gap = (made.order - known_day(bound).order).times(Fraction(sign))
                self.ranges.append(self.numbers.less(constant(0), gap, strict=False))
        return made


@dataclass(frozen=True)
class Carried:
    """The range of a state: it declares none of its own."""

    key: str
    low: int = 0
    high: None = None


POINTER = Type(Kind.COUNT)


AGE = 40  # of whoever's age does not matter


def _plain(declared: Any) -> Fraction:
    """Return zero, or the bound nearest to it; an adult's age."""
    if declared.key.split("_")[0] == "age":
        return Fraction(AGE)
    low, high = (None if x is None else Fraction(x) for x in (declared.low, declared.high))
    if low is not None and low > 0:
        return low
    return high if high is not None and high < 0 else Fraction(0)


def stated(value: Any) -> Any:
    """Return an exact value as a case file states it."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return int(value)
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        return str(decimal) if Fraction(decimal) == value else str(value)
    return str(value) if isinstance(value, date) else value


def read(model: Any, symbol: Symbol) -> Any:
    """Return the value of a symbol in a model of the solver.

    Raises:
        PolicyError: the solver answered with a number that has no fraction.
    """
    z3 = solver()
    if isinstance(symbol, bool):
        return symbol
    if isinstance(symbol, Name):
        return symbol.names[int(read(model, symbol.position))]
    if isinstance(symbol, Day):
        month = int(read(model, symbol.month))
        year, of_year = divmod(month, 12)
        return date(year, of_year + 1, min(int(read(model, symbol.day)), calendar.monthrange(year, of_year + 1)[1]))
    if isinstance(symbol, Linear):
        total = symbol.constant
        for unit, factor in symbol.parts.items():
            found = model.eval(unit.term, model_completion=True)
            if not (z3.is_int_value(found) or z3.is_rational_value(found)):
                raise PolicyError(f"the solver found {found}, which is no fraction, where a case needs one.")
            total += factor * (found.as_long() if z3.is_int_value(found) else Fraction(str(found.as_fraction())))
        return total
    return z3.is_true(model.eval(symbol, model_completion=True))


def pointed_at(value: Any) -> Any:
    """Return a pointer's number as a case states it: null, "outside", or the member's id."""
    return None if value == NOBODY else OUTSIDE if value == ELSEWHERE else f"m{int(value) + 1}"
