"""How a declared value is stored in a column: one number for each kind of input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.expr import Currency, Kind, Type

Column = NDArray[Any]
Known = bool | Fraction | str | date

_INTEGERS = (np.int8, np.int16, np.int32, np.int64)


def date_code(day: date) -> int:
    """Return the code of a day: y·372 + (m−1)·31 + (d−1); codes sort as days do, code // 31 counts months.

    >>> date_code(date(2024, 1, 31))
    752958
    """
    return day.year * 372 + (day.month - 1) * 31 + day.day - 1


def date_of(code: int) -> date:
    """Return the day of a code, or raise PopulationError where no such day exists.

    >>> date_of(752958)
    datetime.date(2024, 1, 31)
    """
    year, rest = divmod(int(code), 372)
    try:
        return date(year, rest // 31 + 1, rest % 31 + 1)
    except ValueError:
        raise PopulationError(f"{code} is not the code of a day; make codes with date_code(date).") from None


def date_codes(days: NDArray[np.datetime64]) -> NDArray[np.int32]:
    """Return the codes of many days at once; NaT becomes −1."""
    whole = days.astype("datetime64[D]")
    months = whole.astype("datetime64[M]")
    number = months.astype(np.int64) + 1970 * 12
    day = (whole - months).astype(np.int64)
    codes = number // 12 * 372 + number % 12 * 31 + day
    return np.where(np.isnat(whole), -1, codes).astype(np.int32)


def minor_units(currency: Currency | None) -> int:
    """Return how many of the smallest unit make one: 100 centavos, 1 Chilean peso."""
    return 10**currency.decimals if currency else 1


def encoded(value: Known | int | Decimal, type_: Type) -> bool | int | float:
    """Return what a column stores for one value given in the type's own unit (pesos, reais, a name, a day).

    Raises:
        PopulationError: a category that is not declared, money off the currency's grid, a text for a number.

    >>> encoded(Decimal("10.50"), Type(Kind.MONEY, Currency("BRL", 2, "R$")))
    1050
    """
    if type_.kind is Kind.BOOL:
        if value not in (False, True):  # bool("no") is true
            raise PopulationError(f"{value!r} is neither yes nor no; write true or false.")
        return bool(value)
    if type_.kind is Kind.CATEGORY:
        if value not in type_.categories:
            hint = nearest(str(value), type_.categories)
            raise PopulationError(f"'{value}' is not a declared category.{hint}")
        return type_.categories.index(str(value))
    if type_.kind is Kind.DATE:
        if not isinstance(value, date):
            raise PopulationError(f"{value!r} is not a day; write a date as 2024-03-31.")
        return date_code(value)
    try:
        number = Fraction(value) * minor_units(type_.currency)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        raise PopulationError(f"{value!r} is no number; write one without quotes.") from None
    if type_.kind is Kind.NUMBER:
        return float(number)
    if number.denominator != 1:
        raise PopulationError(f"{value} is no whole number of the smallest unit of {type_}; round it first.")
    return int(number)


def decoded(stored: Any, type_: Type) -> Known:
    """Return one stored value exactly, in the type's own unit: the reverse of `encoded`."""
    table: dict[Kind, Callable[[Any], Known]] = {
        Kind.BOOL: bool,
        Kind.CATEGORY: lambda v: type_.categories[int(v)],
        Kind.DATE: lambda v: date_of(int(v)),
    }
    if type_.kind in table:
        return table[type_.kind](stored)
    exact = stored.item() if isinstance(stored, np.generic) else stored
    return Fraction(exact) / minor_units(type_.currency)


def smallest_integer(low: float, high: float, *, least: type[np.signedinteger[Any]] = np.int8) -> np.dtype[Any]:
    """Return the narrowest integer type, `least` or wider, that holds a range."""
    for kind in _INTEGERS[_INTEGERS.index(least) :]:
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return np.dtype(kind)
    raise PopulationError(f"values from {low:g} to {high:g} do not fit 64 bits; check the column's unit.")


def stored_type(type_: Type) -> np.dtype[Any]:
    """Return the type of a column when its values are not known yet: the widest of its kind."""
    if type_.kind is Kind.BOOL:
        return np.dtype(np.bool_)
    if type_.kind is Kind.CATEGORY:
        return smallest_integer(0, len(type_.categories) - 1)
    if type_.kind is Kind.DATE:
        return np.dtype(np.int32)
    return np.dtype(np.float64 if type_.kind is Kind.NUMBER else np.int64)
