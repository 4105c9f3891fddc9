"""Words, numbers and dates in the reader's language: Spanish, Portuguese, English."""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import localcontext
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

WIDEST = 400  # digits: more than the largest number of a machine has
LANGUAGES = ("es", "pt", "en")
LOCALES = {"es": "es_CL", "pt": "pt_BR", "en": "en_GB"}


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    text = files("amparo.texts").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def preferred_language() -> str:
    """Return AMPARO_LANG or the system's language when amparo speaks it, English otherwise."""
    asked = os.environ.get("AMPARO_LANG") or (locale.getlocale()[0] or "en")
    code = asked[:2].lower()
    return code if code in LANGUAGES else "en"


class Texts:
    """One reader's language."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"amparo speaks {', '.join(LANGUAGES)}, not '{language}'.")
        self.language = language
        self.locale = LOCALES[language]

    def __call__(self, key: str, **values: Any) -> str:
        """Return a text of the catalogue with its values filled in."""
        return _catalogue()[key][self.language].format(**values)

    def of(self, names: Mapping[str, str]) -> str:
        """Return the reader's name among several, or the English one, or any."""
        return names.get(self.language) or names.get("en") or next(iter(names.values()), "")

    def number(self, value: float, places: int = 0) -> str:
        """Return a number with the reader's separators: 1.234,5."""
        pattern = "#,##0" + ("." + "0" * places if places else "")
        with localcontext(prec=WIDEST):  # the usual 28 digits refuse to round what is longer
            return format_decimal(value, format=pattern, locale=self.locale)

    def money(self, value: float, symbol: str, places: int = 0) -> str:
        """Return an amount with its symbol: $ 21.243."""
        sign = "−" if value < 0 else ""
        return f"{sign}{symbol} {self.number(abs(value), places)}"

    def percent(self, share: float, places: int = 1) -> str:
        """Return a share as a percentage: 6,5 %."""
        pattern = "#,##0" + ("." + "0" * places if places else "") + " %"
        with localcontext(prec=WIDEST):
            return format_percent(share, format=pattern, locale=self.locale)

    def month(self, month: date) -> str:
        """Return a month: noviembre de 2022."""
        pattern = {"es": "MMMM 'de' y", "pt": "MMMM 'de' y", "en": "MMMM y"}[self.language]
        return format_date(month, pattern, locale=self.locale)

    def day(self, day: date) -> str:
        """Return a day: 1 de noviembre de 2022."""
        return format_date(day, "long", locale=self.locale)
