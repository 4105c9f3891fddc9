"""What a type says of its values."""

from fractions import Fraction

from amparo.expr import Currency
from amparo.expr.types import COUNT, money


class TestUnit:
    def test_is_the_smallest_amount_of_a_currency(self) -> None:
        assert money(Currency("BRL", 2, "R$")).unit == Fraction(1, 100)
        assert money(Currency("CLP", 0, "$")).unit == 1

    def test_is_one_of_what_is_counted(self) -> None:
        assert COUNT.unit == 1
