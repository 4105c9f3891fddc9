"""Values and figures as people read them, and in the documented JSON form."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from amparo.execute.explain import value_text
from amparo.execute.values import Unknown, Value
from amparo.expr import Parameter
from amparo.policy import Edition
from amparo.texts import Texts


def exact_text(value: Fraction) -> str:
    """Write an exact number: as a decimal when it has one, as a fraction otherwise."""
    number = Fraction(value)
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return format(decimal.normalize(), "f") if Fraction(decimal) == number else str(number)


def value_json(value: Value) -> Any:
    """Return an exact or unknown value in the documented form."""
    if isinstance(value, Unknown):
        low, high = (None if isinstance(x, float) else exact_text(Fraction(x)) for x in (value.low, value.high))
        return {"depends_on": sorted(value.because), "low": low, "high": high}
    return exact_text(Fraction(value)) if isinstance(value, (int, Fraction)) and not isinstance(value, bool) else value


def figure_cells(parameter: Parameter, edition: Edition, say: Texts) -> list[str]:
    """Return a figure's value, date, confidence and source as text."""
    dated = edition.dated(parameter)
    if dated is None:
        return [say("not_in_force"), "", "", ""]
    shown = say("unknown") if dated.value is None else value_text(dated.value, parameter.type, say)
    mark = say(dated.confidence.name.lower())
    return [shown, str(dated.since), mark, dated.source + (f" — {dated.note}" if dated.note else "")]


def parameter_json(parameter: Parameter, edition: Edition) -> dict[str, Any]:
    """Return a figure in the documented form."""
    dated = edition.dated(parameter)
    return {
        "key": parameter.key,
        "labels": dict(parameter.labels),
        "unit": str(parameter.type),
        "value": exact_text(dated.value) if dated and dated.value is not None else None,
        "since": dated.since if dated else None,
        "until": dated.until if dated else None,
        "source": dated.source if dated else None,
        "confidence": dated.confidence.value if dated else None,
        "note": dated.note if dated else "",
    }
