"""Charts of measures: what is drawn is what was measured."""

import numpy as np
import pytest
from tests.measures.people import People

from amparo.errors import MeasureError
from amparo.measures import benefit_incidence, deciles, foster_greer_thorbecke, lorenz_ordinate, mean, quantile
from amparo.simulate.measure_charts import incidence, line_sensitivity, lorenz, pen_parade

PEOPLE = People.drawn()
INCOME, AMOUNT, DESIGN = PEOPLE.columns["income"], PEOPLE.columns["amount"], PEOPLE.design()
CHARTS = {
    "lorenz": lambda language: lorenz({"before": INCOME, "after": INCOME + AMOUNT}, DESIGN, language=language),
    "parade": lambda language: pen_parade(INCOME, DESIGN, language=language),
    "incidence": lambda language: incidence({"benefit": AMOUNT}, INCOME, DESIGN, language=language),
    "lines": lambda language: line_sensitivity({"": INCOME}, [10, 20, 30], DESIGN, marked=20, language=language),
}


def rows(chart):
    form = chart.to_dict()
    (name,) = {form["data"]["name"]} if "name" in form["data"] else {None}
    return form["datasets"][name] if name else form["data"]["values"]


def same(row, found):
    low, high = found.interval()
    assert (row["value"], row["low"], row["high"]) == pytest.approx((found.value, low, high))


@pytest.mark.parametrize("name", CHARTS)
class TestEveryChart:
    @pytest.mark.parametrize(("language", "word"), [("es", "pobre"), ("pt", "pobre"), ("en", "poor|Poverty")])
    def test_is_one_that_altair_draws_and_speaks_the_language(self, name, language, word, tmp_path):
        file = tmp_path / "chart.svg"
        CHARTS[name](language).save(file)
        text = file.read_text(encoding="utf-8")
        assert any(each in text for each in word.split("|"))
        assert "#1d5fa8" in text, "charts wear the colours of the page"
        assert not any(left in text for left in ("#100001", "#112233"))


class TestLorenz:
    def test_goes_from_nothing_to_all_through_the_measured_ordinates(self):
        drawn = rows(lorenz({"": INCOME}, DESIGN, points=4))
        assert (drawn[0]["value"], drawn[-1]["value"]) == pytest.approx((0, 1))
        same(drawn[2], lorenz_ordinate(INCOME, 0.5, DESIGN))

    def test_refuses_a_single_point(self):
        with pytest.raises(MeasureError, match="points is 1"):
            lorenz({"": INCOME}, DESIGN, points=1)


class TestParade:
    def test_has_each_percentile_and_the_mean(self):
        chart = pen_parade(INCOME, DESIGN, upto=0.9)
        drawn = rows(chart)
        assert [row["at"] for row in drawn] == pytest.approx(np.arange(1, 91) / 100)
        same(drawn[49], quantile(INCOME, 0.5, DESIGN))
        assert str(mean(INCOME, DESIGN).value)[:8] in str(chart.to_dict())

    def test_refuses_a_parade_of_nobody(self):
        with pytest.raises(MeasureError, match="upto is 90"):
            pen_parade(INCOME, DESIGN, upto=90)


class TestIncidence:
    def test_has_the_share_of_each_decile(self):
        drawn = rows(incidence({"benefit": AMOUNT}, INCOME, DESIGN))
        found = benefit_incidence(AMOUNT, INCOME, DESIGN, group=deciles(INCOME, DESIGN))
        assert sum(row["value"] for row in drawn) == pytest.approx(1)
        same(drawn[0], found[0].spending)

    def test_refuses_a_benefit_that_nobody_receives(self):
        with pytest.raises(MeasureError, match="nobody receives grant"):
            incidence({"grant": np.zeros(len(PEOPLE))}, INCOME, DESIGN)


class TestLines:
    def test_has_poverty_below_each_line(self):
        drawn = rows(line_sensitivity({"": INCOME}, [15, 25], DESIGN, alpha=1))
        same(drawn[1], foster_greer_thorbecke(INCOME, 25, DESIGN, alpha=1))

    def test_refuses_a_single_line(self):
        with pytest.raises(MeasureError, match="1 lines were given"):
            line_sensitivity({"": INCOME}, [15], DESIGN)
