"""How the register speaks: words, amounts, rates and days in one language and currency."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from babel.dates import format_date

from amparo.expr import Currency, Timing
from amparo.page import Html
from amparo.policy import Names
from amparo.simulate.report.charts import Canvas
from amparo.simulate.report.reader import Reader
from amparo.simulate.report.tables import number_table
from amparo.texts import Texts

UNBROKEN = "\N{NO-BREAK SPACE}"
WIDTHS = {"on-wide": 760, "on-phone": 330}  # pixels of a drawing


class Voice:
    """One language of one page."""

    def __init__(self, language: str, currency: Currency) -> None:
        self.language, self.currency = language, currency
        self.say = Texts(language)
        self.reader = Reader(language, {"currency": {"symbol": currency.symbol, "decimals": currency.decimals}})

    def __call__(self, key: str, **values: Any) -> str:
        """Return a text of the register."""
        return self.say(f"register_{key}", **values)

    def of(self, names: Names) -> str:
        """Return the reader's name among several."""
        return self.say.of(names)

    def id(self, name: str) -> str:
        """Return an identifier of this language's part of the page."""
        return f"{self.language}-{name}"

    def money(self, amount: Fraction, *, exact: bool = False) -> str:
        """Write an amount to the smallest unit that is paid; with `exact`, the fractions of a yearly payment too."""
        places = self.currency.decimals
        if exact and (amount * 10**places).denominator != 1:
            places += 2
        return self.say.money(float(round(amount, places)), self.currency.symbol, places).replace(" ", UNBROKEN)

    def rate(self, share: Fraction) -> str:
        """Write a share: 17 %; with one decimal where it has one."""
        places = 0 if (share * 100).denominator == 1 else 1
        sign = "−" if share < 0 else ""
        return sign + self.say.percent(float(abs(share)), places).replace(" ", UNBROKEN)

    def month(self, month: date) -> str:
        """Write a month: julio de 2025."""
        return self.say.month(month)

    def day(self, day: date) -> str:
        """Write a day, short: 1 may 2025."""
        return format_date(day, "d MMM y", locale=self.say.locale).replace(" ", UNBROKEN)

    def named(self, what: Any) -> str:
        """Return the name of a benefit or charge, with what a month of it means where it is not paid monthly."""
        timing = getattr(what, "timing", Timing.NOW)
        name = self.of(what.names)
        return name if timing is Timing.NOW else f"{name} ({self(f'timing_{timing.name.lower()}')})"

    def numbers(self, heads: list[str], rows: list[list[str]], title: str, words: int = 1) -> Html:
        """Return a table of numbers in a region that the keyboard can scroll."""
        return number_table(heads, rows, title, self.reader, words)

    def canvas(self, width: int) -> Canvas:
        """Return what all charts of this language share."""
        return Canvas(width, self.reader.symbols())


def capital(text: str) -> str:
    """Return a text with a capital."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return a text as a sentence that stands alone."""
    text = capital(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
