"""Types and units of symbolic values, and the rules by which they combine."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from amparo.errors import TypeMismatchError


class Kind(StrEnum):
    """What a value is."""

    BOOL = "yes/no"
    COUNT = "count"
    NUMBER = "number"
    MONTHS = "months"
    MONEY = "money"
    DATE = "date"
    CATEGORY = "category"


class Timing(StrEnum):
    """When money reaches people; amounts of different timing never add up silently."""

    NOW = "paid now"
    ACCRUED = "accrued"
    ANNUAL = "annual"


class Entity(StrEnum):
    """Whose value it is. PAIR is internal: two members of one household, seen from the first."""

    SCALAR = "country"
    HOUSEHOLD = "household"
    PERSON = "person"
    PAIR = "pair of members"


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency with the number of decimals of its smallest payable unit."""

    code: str
    decimals: int
    symbol: str

    @property
    def unit(self) -> Fraction:
        """The smallest amount that is paid: a hundredth of a real, one Chilean peso."""
        return Fraction(1, 10**self.decimals)


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value: kind, and what the kind needs."""

    kind: Kind
    currency: Currency | None = None
    timing: Timing = Timing.NOW
    categories: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Name the type as error messages do: 'Money (BRL, paid now)'."""
        if self.kind is Kind.MONEY and self.currency:
            return f"Money ({self.currency.code}, {self.timing})"
        return self.kind.name.capitalize()

    @property
    def numeric(self) -> bool:
        """Whether arithmetic applies."""
        return self.kind in NUMERIC

    @property
    def unit(self) -> Fraction:
        """The step from one amount of money to the next; one, of what is counted."""
        return self.currency.unit if self.currency else Fraction(1)

    def retimed(self, timing: Timing) -> "Type":
        """Return the same money with another timing."""
        return replace(self, timing=timing)


NUMERIC = frozenset({Kind.COUNT, Kind.NUMBER, Kind.MONTHS, Kind.MONEY})
BOOL = Type(Kind.BOOL)
COUNT = Type(Kind.COUNT)
NUMBER = Type(Kind.NUMBER)
MONTHS = Type(Kind.MONTHS)
DATE = Type(Kind.DATE)


def money(currency: Currency, timing: Timing = Timing.NOW) -> Type:
    """Return the type of an amount in a currency."""
    return Type(Kind.MONEY, currency, timing)


def added(a: Type, b: Type) -> Type:
    """Return the type of a sum, difference, choice or extreme of two values, or raise."""
    if a == b:
        return a
    kinds = {a.kind, b.kind}
    if kinds == {Kind.COUNT, Kind.NUMBER}:
        return NUMBER
    if kinds == {Kind.COUNT, Kind.MONTHS}:
        return MONTHS
    hint = ""
    if kinds == {Kind.MONEY} and a.currency == b.currency:
        hint = ": write .paid_now(), .accrued() or .annual() on one of them"
    elif Kind.MONEY in kinds and kinds & {Kind.COUNT, Kind.NUMBER}:
        hint = ": did you mean to multiply, or is a currency missing, as in amount(10, BRL)?"
    raise TypeMismatchError(f"cannot combine {a} and {b}{hint}")


def multiplied(a: Type, b: Type) -> Type:
    """Return the type of a product, or raise."""
    if not (a.numeric and b.numeric):
        raise TypeMismatchError(f"cannot multiply {a} by {b}")
    if Kind.MONEY in (a.kind, b.kind):
        if a.kind is b.kind:
            raise TypeMismatchError(f"cannot multiply {a} by {b}: money times money has no meaning")
        return a if a.kind is Kind.MONEY else b
    return COUNT if a.kind is Kind.COUNT and b.kind is Kind.COUNT else NUMBER


def divided(a: Type, b: Type) -> Type:
    """Return the type of a quotient, or raise."""
    if not (a.numeric and b.numeric):
        raise TypeMismatchError(f"cannot divide {a} by {b}")
    if b.kind is Kind.MONEY:
        if a.kind is not Kind.MONEY:
            raise TypeMismatchError(f"cannot divide {a} by {b}")
        if a.currency != b.currency:
            raise TypeMismatchError(f"cannot divide {a} by {b}: convert the currency first")
        return NUMBER
    return a if a.kind is Kind.MONEY else NUMBER
