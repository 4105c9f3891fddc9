"""What holds of every measure there is or will be: the axioms all share, and a sentence or a number for bad input."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.measures.people import COLUMNS, MAY_MISS, TABLES, People, columns_of, estimated, every, needed, numbers

import amparo.measures as m
from amparo.errors import MeasureError

PEOPLE = People.drawn()
EXTENSIVE = {"total", "poverty_deficit"}  # twice the persons, twice the amount


def values(found: Any) -> list[float]:
    """Return the values of a result, without errors and counts, which more rows change."""
    if isinstance(found, m.Estimate):
        return [found.value]
    if isinstance(found, dict):
        return [each for part in found.values() for each in values(part)]
    if isinstance(found, (list, tuple)):
        return [each for part in found for each in values(part)]
    if hasattr(found, "__dataclass_fields__"):
        return values(vars(found))
    return list(numbers(found)) if isinstance(found, (float, np.floating)) else []


def told(call: Any) -> list[float]:
    """Return the numbers of a result, all finite; nothing where a sentence refuses it or all of it is None."""
    try:
        found = list(numbers(call()))
    except MeasureError as refused:
        sentence = str(refused)
        assert sentence.endswith((".", ")")), sentence
        assert len(sentence) > 30, sentence
        return []
    assert np.isfinite(found).all(), found
    return found


@pytest.mark.parametrize("name", every())
class TestAxioms:
    def test_it_does_not_ask_in_which_order_persons_come(self, name):
        order = np.random.default_rng(2).permutation(len(PEOPLE))
        here, there = PEOPLE.measured(name), PEOPLE.take(order).measured(name)
        if isinstance(here, np.ndarray):
            here = here[order]
        assert list(numbers(there)) == pytest.approx(list(numbers(here)), rel=1e-7, abs=1e-9)

    def test_it_does_not_change_when_the_population_is_replicated(self, name):
        twice = PEOPLE.take(np.tile(np.arange(len(PEOPLE)), 2))
        here, there = values(PEOPLE.measured(name)), values(twice.measured(name))
        factor = 2 if name in EXTENSIVE else 1
        assert there == pytest.approx([factor * each for each in here], rel=1e-9, abs=1e-12)

    def test_it_does_not_ask_how_large_weights_are(self, name):
        here, there = (each.measured(name) for each in (PEOPLE, PEOPLE.scaled(1024)))
        if name in EXTENSIVE:
            assert there.value == pytest.approx(1024 * here.value)
            return
        if name in estimated() and "quantile" not in RESTS_ON_DENSITY.get(name, ""):
            assert list(numbers(there)) == pytest.approx(list(numbers(here)), rel=1e-9, abs=1e-12)
        assert values(there) == pytest.approx(values(here), rel=1e-9, abs=1e-12)

    @pytest.mark.parametrize("kind", ["chunks", "polars"])
    def test_it_reads_arrow_columns(self, name, kind):
        def chunked(column: Any) -> Any:
            if kind == "polars":
                return pytest.importorskip("polars").Series(column)
            return pa.chunked_array([pa.array(column[:7]), pa.array(column[7:7]), pa.array(column[7:])])

        arrow = People(PEOPLE.columns, chunked)
        assert list(numbers(arrow.measured(name))) == list(numbers(PEOPLE.measured(name)))


# A density has the bandwidth of σ·N^−0.2, which moves with N: Eurostat's convention.
RESTS_ON_DENSITY = dict.fromkeys(
    (
        "quantile",
        "median",
        "at_risk_of_poverty_rate",
        "at_risk_of_poverty_rate_before_transfers",
        "at_risk_of_poverty_threshold",
        "in_work_at_risk_of_poverty_rate",
        "median_income_of_the_poor",
        "percentile_ratio",
        "poverty_or_social_exclusion",
        "relative_median_poverty_gap",
        "s80_s20",
        "palma",
        "wolfson",
        "concentration_ordinate",
        "coady_grosh_hoddinott",
    ),
    "quantile",
)


@pytest.mark.parametrize("name", estimated())
class TestEveryEstimate:
    def test_says_what_it_rests_on(self, name):
        found = PEOPLE.measured(name)
        assert found.standard_error >= 0
        assert found.degrees_of_freedom == found.clusters - found.strata == 20
        low, high = found.interval()
        assert low <= found.value <= high
        assert 0 < found.n <= len(PEOPLE)

    def test_of_a_domain_keeps_every_stratum_and_cluster(self, name):
        """Rows outside the domain may hold anything; the rest of the design goes on counting."""
        inside = PEOPLE.columns["age"] < 50
        lost = {
            each: np.where(inside, column, np.nan)
            for each, column in PEOPLE.columns.items()
            if column.dtype.kind == "f" and each != "weight"
        }
        here = PEOPLE.measured(name, domain=inside)
        there = PEOPLE.with_(**lost).measured(name, domain=inside) if name not in NEEDS_ALL else here
        assert list(numbers(there)) == list(numbers(here))
        assert here.n <= inside.sum()

    def test_has_the_value_of_mere_weights(self, name):
        value = getattr(m, name).value(**PEOPLE.arguments(name), design=m.Weights(PEOPLE.columns["weight"]))
        assert value == pytest.approx(PEOPLE.measured(name).value, rel=1e-12, abs=1e-15)

    def test_by_groups_is_measured_as_domains(self, name):
        sex = PEOPLE.columns["group"]
        found = getattr(m, name).by(sex, **PEOPLE.arguments(name), design=PEOPLE.design())
        alone = PEOPLE.measured(name, domain=sex == "women")
        assert list(numbers(found["women"])) == list(numbers(alone))

    def test_has_about_the_same_error_from_a_jackknife_and_a_bootstrap(self, name):
        design = PEOPLE.design()
        linear = PEOPLE.measured(name, design)
        replicated = [PEOPLE.measured(name, each) for each in (m.jackknife(design), m.bootstrap(design, 60, seed=4))]
        assert [each.value for each in replicated] == pytest.approx([linear.value] * 2)
        assert all(each.degrees_of_freedom == 20 for each in replicated)
        if name not in RESTS_ON_DENSITY:  # a jackknife of quantiles is not consistent
            assert replicated[0].standard_error == pytest.approx(linear.standard_error, rel=0.25, abs=1e-9)
        assert replicated[1].standard_error == pytest.approx(linear.standard_error, rel=0.75, abs=1e-9)

    def test_shrinks_where_the_population_is_not_much_larger(self, name):
        whole, part = PEOPLE.measured(name), PEOPLE.measured(name, PEOPLE.design(population=12))
        assert part.standard_error == pytest.approx(whole.standard_error * 0.5**0.5, rel=1e-9, abs=1e-15)

    def test_of_a_stratum_of_one_cluster_is_told_or_refused(self, name):
        alone = np.where((PEOPLE.columns["stratum"] == "north") & (PEOPLE.columns["cluster"] > 0), 0.0, 1.0) > 0
        people = PEOPLE.take(np.flatnonzero(alone))
        with pytest.raises(MeasureError, match="strata have a single cluster, the first is north"):
            people.design(single="fail")
        centre, certain = (people.measured(name, people.design(single=s)) for s in ("centre", "certainty"))
        assert centre.value == certain.value
        assert centre.standard_error >= certain.standard_error >= 0


NEEDS_ALL = {
    "at_risk_of_poverty_rate",
    "at_risk_of_poverty_rate_before_transfers",
    "in_work_at_risk_of_poverty_rate",
    "median_income_of_the_poor",
    "poverty_or_social_exclusion",
    "relative_median_poverty_gap",
    "very_low_work_intensity",
}  # their line, or the work of a household, rests on persons outside the domain too


@pytest.mark.parametrize("name", every())
class TestBadInput:
    @pytest.mark.parametrize("weight", ["negative", "missing", "infinite", "none", "text"])
    def test_of_weights_is_refused(self, name, weight):
        w = PEOPLE.columns["weight"]
        bad = {
            "negative": np.where(np.arange(w.size) == 3, -1.0, w),
            "missing": np.where(np.arange(w.size) == 3, np.nan, w),
            "infinite": np.where(np.arange(w.size) == 3, np.inf, w),
            "none": np.zeros(w.size),
            "text": np.full(w.size, "x"),
        }[weight]
        with pytest.raises(MeasureError, match="weight"):
            PEOPLE.with_(weight=bad).measured(name)

    def test_of_weights_of_zero_counts_as_nobody(self, name):
        out = np.arange(len(PEOPLE)) % 5 == 0
        zero = PEOPLE.with_(weight=np.where(out, 0.0, PEOPLE.columns["weight"])).measured(name)
        without = PEOPLE.take(np.flatnonzero(~out)).measured(name)
        if isinstance(zero, np.ndarray):
            zero = zero[~out]
        assert values(zero) == pytest.approx(values(without), rel=1e-9, abs=1e-12)

    @pytest.mark.parametrize("label", [None, np.nan])
    def test_of_strata_that_are_missing_is_refused(self, name, label):
        strata = PEOPLE.columns["stratum"].astype(object) if label is None else np.arange(len(PEOPLE)) % 4.0
        strata[5] = label
        with pytest.raises(MeasureError, match="stratum"):
            PEOPLE.with_(stratum=strata).measured(name)

    @pytest.mark.parametrize("rows", [0, 1])
    def test_of_hardly_any_row_is_refused(self, name, rows):
        with pytest.raises(MeasureError):
            PEOPLE.take(np.arange(rows)).measured(name)

    def test_of_one_row_that_is_only_weighed_is_a_number_or_a_sentence(self, name):
        if name in estimated():
            one = PEOPLE.take(np.arange(1))
            told(lambda: getattr(m, name).value(**one.arguments(name), design=m.Weights(one.columns["weight"])))

    def test_of_one_cluster_is_refused(self, name):
        one = PEOPLE.with_(stratum=np.zeros(len(PEOPLE)), cluster=np.zeros(len(PEOPLE)))
        with pytest.raises(MeasureError, match="single cluster"):
            one.measured(name)

    def test_of_incomes_that_are_all_zero_is_a_number_or_a_sentence(self, name):
        nothing = {
            each: np.zeros(len(PEOPLE))
            for each in ("income", "after", "market", "amount", "tax", "months", "score", "no_school", "no_water")
        }
        told(lambda: PEOPLE.with_(**nothing).measured(name))

    def test_of_incomes_that_are_all_the_same_is_a_number_or_a_sentence(self, name):
        same = {each: np.full(len(PEOPLE), 25.0) for each in ("income", "after", "market")}
        told(lambda: PEOPLE.with_(**same).measured(name))

    def test_of_incomes_below_zero_is_a_number_or_a_sentence(self, name):
        below = {each: PEOPLE.columns[each] - 30.0 for each in ("income", "after", "market")}
        told(lambda: PEOPLE.with_(**below).measured(name))

    @pytest.mark.parametrize("scale", [1e-150, 1e150])
    def test_of_tiny_and_huge_amounts_is_a_number_or_a_sentence(self, name, scale):
        money = {each: PEOPLE.columns[each] * scale for each in ("income", "after", "market", "amount", "tax")}
        told(lambda: PEOPLE.with_(**money).measured(name))

    def test_of_a_column_that_is_too_short_is_refused(self, name):
        for argument in needed(name):
            if argument in COLUMNS:
                short = PEOPLE.argument(argument)[:-1]
                with pytest.raises(MeasureError):
                    getattr(m, name)(**PEOPLE.arguments(name) | {argument: short}, design=PEOPLE.design())
            if argument in TABLES and isinstance(PEOPLE.argument(argument), dict):
                table = PEOPLE.argument(argument)
                first = next(iter(table))
                with pytest.raises(MeasureError):
                    getattr(m, name)(
                        **PEOPLE.arguments(name) | {argument: table | {first: table[first][:-1]}},
                        design=PEOPLE.design(),
                    )

    def test_of_a_line_of_another_length_is_refused(self, name):
        if "line" in needed(name):
            for line in (np.full(len(PEOPLE) - 1, 20.0), 0.0, -5.0, np.nan, np.inf):
                with pytest.raises(MeasureError, match="line"):
                    getattr(m, name)(**PEOPLE.arguments(name) | {"line": line}, design=PEOPLE.design())

    @pytest.mark.parametrize("bad", [np.nan, np.inf])
    def test_of_a_value_that_is_missing_or_infinite_is_refused_or_left_out(self, name, bad):
        for column in columns_of(name):
            if PEOPLE.columns[column].dtype.kind != "f":
                continue
            spoilt = PEOPLE.columns[column].copy()
            spoilt[17] = bad
            people = PEOPLE.with_(**{column: spoilt})
            found = told(lambda people=people: people.measured(name))
            assert not found or (np.isnan(bad) and column in MAY_MISS), column

    def test_of_texts_among_numbers_is_refused(self, name):
        for column in columns_of(name):
            if PEOPLE.columns[column].dtype.kind == "f":
                text = np.array([f"{each:g}x" for each in PEOPLE.columns[column]])
                if any(COLUMNS.get(argument) == column for argument in needed(name)):
                    with pytest.raises(MeasureError):
                        PEOPLE.with_(**{column: text}).measured(name)

    def test_of_an_empty_domain_is_refused(self, name):
        with pytest.raises(MeasureError):
            PEOPLE.measured(name, domain=np.zeros(len(PEOPLE), np.bool_))

    def test_of_a_domain_of_one_row_is_a_number_or_a_sentence(self, name):
        told(lambda: PEOPLE.measured(name, domain=np.arange(len(PEOPLE)) == 11))

    def test_of_a_domain_in_one_cluster_is_a_number_or_a_sentence(self, name):
        here = (PEOPLE.columns["stratum"] == "east") & (PEOPLE.columns["cluster"] == 2)
        told(lambda: PEOPLE.measured(name, domain=here))
