import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import amparo.measures as m
from amparo.errors import MeasureError
from amparo.measures import SurveyDesign

incomes = st.lists(st.integers(1, 300), min_size=3, max_size=25).filter(lambda y: len(set(y)) > 1)


def persons(n):
    return SurveyDesign(np.ones(n))


class TestBeforeTransfers:
    @given(incomes)
    def test_is_the_rate_after_them_where_nobody_receives_any(self, y):
        before = m.at_risk_of_poverty_rate_before_transfers(y, y, persons(len(y)))
        assert before.value == m.at_risk_of_poverty_rate(y, persons(len(y))).value

    @given(incomes, st.randoms())
    def test_is_never_below_the_rate_after_them(self, y, random):
        before = [each * random.uniform(0.1, 1) for each in y]
        design = persons(len(y))
        without = m.at_risk_of_poverty_rate_before_transfers(before, y, design).value
        assert without >= m.at_risk_of_poverty_rate(y, design).value

    def test_keeps_the_error_of_the_line(self, eusilc):
        """Without transfers at all it is the rate of convey, whose error counts the median's."""
        y = eusilc["eqIncome"]
        found = m.at_risk_of_poverty_rate_before_transfers(y, y, eusilc.design)
        assert found.standard_error == m.at_risk_of_poverty_rate(y, eusilc.design).standard_error


class TestAnchored:
    def test_moves_the_line_of_the_base_year_by_prices_alone(self):
        """Base line 100, prices +50 %: 150 whatever this year's median."""
        found = m.anchored_at_risk_of_poverty_rate([100.0, 149.0, 150.0, 900.0], 100.0, 1.5, persons(4))
        assert found.value == 0.5

    def test_equals_the_moving_line_when_nothing_moved(self, eusilc):
        y, design = eusilc["eqIncome"], eusilc.design
        line = 0.6 * m.median(y, design).value
        found = m.anchored_at_risk_of_poverty_rate(y, line, 1.0, design)
        assert found.value == pytest.approx(0.1444422, abs=1e-7)  # convey

    def test_refuses_prices_that_are_none(self):
        with pytest.raises(MeasureError, match="prices is 0; it is this year's price level over the base year's"):
            m.anchored_at_risk_of_poverty_rate([1.0, 2.0], 1.0, 0, persons(2))


class TestInWork:
    AGE = (17, 18, 64, 65, 30, 30, 30)
    MONTHS = (12, 12, 12, 12, 6, 7, np.nan)

    def rate(self, income, **more):
        return m.in_work_at_risk_of_poverty_rate(income, self.AGE, self.MONTHS, persons(7), **more)

    def test_is_measured_among_those_of_18_to_64_who_worked_more_than_half_of_the_year(self):
        """Line 60: of the persons 1, 2 and 5 (18, 64, and 30 with 7 months) one is below it."""
        found = self.rate([10.0, 10.0, 100.0, 10.0, 100.0, 100.0, 100.0])
        assert (found.value, found.n) == pytest.approx((1 / 3, 3))

    def test_says_whose_months_are_missing(self):
        assert self.rate([100.0, 90.0, *[100.0] * 5]).excluded == 1

    def test_counts_half_of_the_months_that_are_known(self):
        """6 of 10 known months is more than half, 7 of 14 would not be."""
        assert self.rate([10.0, 90.0, *[100.0] * 5], months_known=(12, 12, 12, 12, 10, 14, 12)).n == 3

    def test_has_the_line_of_everybody(self):
        assert self.rate([200.0, 100.0, 100.0, 200.0, 200.0, 200.0, 200.0]).value == pytest.approx(2 / 3)

    def test_refuses_a_sample_in_which_nobody_works(self):
        with pytest.raises(MeasureError, match="nobody of 18 to 64 worked more than half of the known months"):
            m.in_work_at_risk_of_poverty_rate([1.0, 2.0], [30, 40], [0, 6], persons(2))


class TestIncomeIndicators:
    def test_are_the_measures_they_name(self, eusilc):
        y, design = eusilc["eqIncome"], eusilc.design
        found = m.laeken_income_indicators(y, design)
        assert found["at_risk_of_poverty_rate_40"] == m.at_risk_of_poverty_rate(y, design, share=0.4)
        assert found["at_risk_of_poverty_rate_70"] == m.at_risk_of_poverty_rate(y, design, share=0.7)
        assert list(found)[4:] == ["relative_median_poverty_gap", "s80_s20", "gini"]

    def test_have_the_line_of_the_domain_that_is_measured(self):
        domain = np.array([True, True, True, False, False])
        found = m.laeken_income_indicators([10.0, 50.0, 60.0, 800.0, 900.0], persons(5), domain=domain)
        assert found["at_risk_of_poverty_rate"].value == pytest.approx(1 / 3)

    @given(incomes.filter(lambda y: min(y) < 0.4 * sorted(y)[(len(y) - 1) // 2]))
    def test_rates_rise_with_the_line(self, y):
        found = m.laeken_income_indicators(y, persons(len(y)))
        rates = [found[f"at_risk_of_poverty_rate{each}"].value for each in ("_40", "_50", "", "_70")]
        assert rates == sorted(rates)
