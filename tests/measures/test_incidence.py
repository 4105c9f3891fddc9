import numpy as np
import pytest

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, deciles, mean, winners_and_losers


class TestWinnersAndLosers:
    def test_are_shares_of_the_group_with_errors(self):
        design = SurveyDesign([1.0, 3.0, 2.0, 2.0])
        before, after, sex = [5.0, 5.0, 5.0, 5.0], [6.0, 5.0, 3.0, 9.0], np.array(["m", "m", "w", "w"])
        men, women = winners_and_losers(before, after, design, group=sex)
        assert (men.winners.value, men.losers.value, men.mean_change.value) == (0.25, 0.0, 0.25)
        assert (women.winners.value, women.losers.value, women.mean_change.value) == (0.5, 0.5, 1.0)
        assert women.mean_change == mean([1.0, 0.0, -2.0, 4.0], design, domain=sex == "w")

    def test_come_in_the_order_of_deciles_and_add_up(self, casen):
        y, surveyed = casen["ypc"], casen["surveyed"]
        reform = y + np.where(y < 200_000, 25_000.0, -1_000.0)
        tenths = deciles(y, casen.design, domain=surveyed)
        found = winners_and_losers(y, reform, casen.design, group=tenths, domain=surveyed)
        assert [each.group for each in found] == list(range(1, 11))
        assert (found[0].winners.value, found[9].losers.value) == (1.0, 1.0)
        assert found[0].winners.standard_error == pytest.approx(0, abs=1e-12)
        persons = np.bincount(tenths, casen["expr"])[1:]
        whole = mean(reform - y, casen.design, domain=surveyed)
        assert persons @ [each.mean_change.value for each in found] / persons.sum() == pytest.approx(whole.value)

    def test_do_not_come_from_rounding(self):
        design = SurveyDesign([1.0, 1.0])
        (found,) = winners_and_losers([0.3, 1.0], [0.1 + 0.2, 1.0], design, group=["all", "all"])
        assert (found.winners.value, found.losers.value) == (0.0, 0.0)

    def test_refuse_a_negative_tolerance(self):
        with pytest.raises(MeasureError, match="tolerance is -1"):
            winners_and_losers([1.0, 1.0], [1.0, 2.0], SurveyDesign([1.0, 1.0]), group=["a", "a"], tolerance=-1)
