import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import amparo.measures as m
from amparo.errors import MeasureError
from amparo.measures import HOUSEHOLD_ITEMS, PERSONAL_ITEMS, SurveyDesign, WorkIntensity

ITEMS = (*HOUSEHOLD_ITEMS, *PERSONAL_ITEMS)
NAN = np.nan


def persons(n):
    return SurveyDesign(np.ones(n))


def lacking(*answers):
    """Return the items of persons given as (lacks, missing answers) of 13."""
    rows = [[1.0] * lacks + [NAN] * untold + [0.0] * (13 - lacks - untold) for lacks, untold in answers]
    return dict(zip(ITEMS, np.array(rows).T, strict=True))


def intensity(*shares):
    return WorkIntensity(np.array(shares, dtype=float), ~np.isnan(shares))


class TestSeverelyDeprived:
    @pytest.mark.parametrize(
        ("lacks", "untold", "true", "known"),
        [
            (7, 0, True, True),
            (6, 0, False, True),
            (13, 0, True, True),
            (7, 6, True, True),
            (6, 1, False, False),
            (3, 3, False, True),
            (0, 13, False, False),
        ],
    )
    def test_needs_seven_lacks_and_takes_no_missing_answer_for_one(self, lacks, untold, true, known):
        found = m.severely_deprived(lacking((lacks, untold)))
        assert (found.true[0], found.known[0]) == (true, known)

    def test_counts_seven_household_and_six_personal_items(self):
        assert (len(HOUSEHOLD_ITEMS), len(PERSONAL_ITEMS), len(set(ITEMS))) == (7, 6, 13)

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"car": None}, "the items of deprivation lack car; give all 13"),
            ({"yacht": [1.0]}, "have yacht, which is none of them"),
            ({"car": [2.0]}, "item car is 2 at row 0; give 0, 1 or NaN"),
            ({"car": [1.0, 0.0]}, r"item car has shape \(2,\), not \(1,\)"),
        ],
    )
    def test_refuses_items_that_are_not_the_thirteen(self, change, says):
        items = {name: flag for name, flag in (lacking((0, 0)) | change).items() if flag is not None}
        with pytest.raises(MeasureError, match=says):
            m.severely_deprived(items)


class TestSevereDeprivation:
    def test_leaves_out_whom_a_missing_answer_could_decide_and_says_so(self):
        found = m.severe_deprivation(lacking((7, 0), (6, 1), (0, 6), (0, 0)), persons(4))
        assert (found.value, found.n, found.excluded) == pytest.approx((1 / 3, 3, 1))

    def test_refuses_a_sample_that_was_not_asked(self):
        with pytest.raises(MeasureError, match="the answer is missing for all 2 rows"):
            m.severe_deprivation(lacking((0, 13), (0, 13)), persons(2))

    def test_refuses_items_of_another_length(self):
        with pytest.raises(MeasureError, match=r"items has shape \(3,\); give one value for each of 2 rows"):
            m.severe_deprivation(lacking(*[(0, 0)] * 3), persons(2))


class TestWorkIntensity:
    def of(self, *members, **more):
        """Return the share of one household whose members are (age, months, student, retired)."""
        age, months, student, retired = zip(*members, strict=True)
        found = m.work_intensity([0] * len(members), age, months, student=student, retired=retired, **more)
        return found.share[0], bool(found.applies[0])

    def test_is_months_worked_over_months_possible_of_the_adults(self):
        """One of two works all year and one a quarter of it: 15 of 24 months; the child's and the old man's are none."""
        members = [(40, 12, False, False), (38, 3, False, False), (17, 12, False, False), (65, 12, False, False)]
        assert self.of(*members) == (15 / 24, True)

    @pytest.mark.parametrize(
        ("member", "counted"),
        [
            ((18, 0, False, False), True),
            ((64, 0, False, False), True),
            ((24, 0, True, False), False),
            ((25, 0, True, False), True),
            ((61, 0, False, True), False),
        ],
    )
    def test_leaves_out_students_under_25_and_the_retired(self, member, counted):
        assert self.of((40, 12, False, False), member)[0] == (0.5 if counted else 1.0)

    def test_does_not_apply_where_nobody_could_work(self):
        share, applies = self.of((70, 0, False, False), (9, 0, False, False))
        assert (np.isnan(share), applies) == (True, False)

    def test_rests_on_the_months_that_are_known(self):
        assert self.of((40, 6, False, False), (38, NAN, False, False)) == (0.5, True)
        assert self.of((40, 3, False, False), months_known=[6]) == (0.5, True)

    def test_is_unknown_where_no_months_are(self):
        share, applies = self.of((40, NAN, False, False))
        assert (np.isnan(share), applies) == (True, True)

    def test_refuses_more_months_than_are_known(self):
        with pytest.raises(MeasureError, match="months_worked is 13 of 12 at row 0; give 0 to months_known"):
            self.of((40, 13, False, False))


class TestVeryLowWorkIntensity:
    def test_is_at_most_a_fifth_among_those_under_65(self):
        found = m.very_low_work_intensity(intensity(0.2, 0.2001, 0.0, 0.0), [64, 3, 65, 3], persons(4))
        assert (found.value, found.n) == pytest.approx((2 / 3, 3))

    def test_measures_no_household_in_which_nobody_could_work_and_says_whose_months_are_missing(self):
        """12 is the age of a child of pensioners; the last one's months are missing."""
        unknown = WorkIntensity(np.array([0.1, 1.0, NAN, NAN]), np.array([True, True, False, True]))
        found = m.very_low_work_intensity(unknown, [30, 30, 12, 30], persons(4))
        assert (found.value, found.n, found.excluded) == (0.5, 2, 1)


class TestPovertyOrSocialExclusion:
    def test_counts_each_person_once_whichever_parts_meet(self):
        """Median 100, line 60. Poor; deprived; hardly at work; all three; none; and 70 years old without work."""
        income, items = [10, 100, 100, 10, 100, 100], lacking((0, 0), (7, 0), (0, 0), (9, 0), (0, 0), (0, 0))
        shares, age = intensity(1, 1, 0.1, 0, 1, 0.1), [40, 40, 40, 40, 40, 70]
        assert m.poverty_or_social_exclusion(income, items, shares, age, persons(6)).value == pytest.approx(4 / 6)

    def test_leaves_out_only_whom_a_missing_part_could_decide(self):
        """The first is poor anyway, the second deprived anyway; of the third nothing holds and one answer is missing.

        The fourth lives where nobody could work, which is an answer; the fifth's months are missing.
        """
        income, items = [10, 100, 100, 100, 100], lacking((0, 13), (7, 6), (6, 1), (0, 0), (0, 0))
        work = WorkIntensity(np.array([NAN, NAN, 1.0, NAN, NAN]), np.array([True, True, True, False, True]))
        found = m.poverty_or_social_exclusion(income, items, work, [40] * 5, persons(5))
        assert (found.value, found.n, found.excluded) == pytest.approx((2 / 3, 3, 2))

    @given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 13), st.floats(0, 1), st.integers(0, 90)), min_size=3))
    def test_lies_between_its_largest_part_and_their_sum(self, people):
        income, lacks, share, age = zip(*people, strict=True)
        if len(set(income)) == 1:
            return
        design, items, work = persons(len(people)), lacking(*((each, 0) for each in lacks)), intensity(*share)
        young = np.array(age) < 65
        parts = [
            m.at_risk_of_poverty_rate(income, design).value,
            m.severe_deprivation(items, design).value,
            m.mean(young & (np.array(share) <= 0.2), design).value,
        ]
        found = m.poverty_or_social_exclusion(income, items, work, age, design).value
        assert max(parts) - 1e-12 <= found <= sum(parts) + 1e-12

    def test_is_the_rate_and_error_of_poverty_where_nobody_is_excluded_otherwise(self, eusilc):
        y, n = eusilc["eqIncome"], len(eusilc.design)
        items = {name: np.zeros(n) for name in ITEMS}
        work = WorkIntensity(np.ones(n), np.ones(n, bool))
        found = m.poverty_or_social_exclusion(y, items, work, np.full(n, 40), eusilc.design)
        expected = m.at_risk_of_poverty_rate(y, eusilc.design)
        assert found.value == pytest.approx(expected.value)
        assert found.standard_error == pytest.approx(expected.standard_error)

    def test_has_the_error_of_a_bootstrap_of_households(self, eusilc):
        """Lacks and work drawn once by household, likelier where incomes are low; 300 Rao–Wu replicates."""
        y, design, random = eusilc["eqIncome"], eusilc.design, np.random.default_rng(5)
        chance = np.clip(0.3 - y / 80_000, 0.02, None)
        deprived, idle = (random.random(design.clusters)[design.cluster_of] < chance for _ in range(2))
        items = {name: deprived.astype(float) for name in ITEMS}
        work = WorkIntensity(np.where(idle, 0.0, 1.0), np.ones(len(design), bool))
        found = m.poverty_or_social_exclusion(y, items, work, np.full(len(y), 40), design)
        order = np.argsort(y)
        values = []
        for _ in range(300):
            times = np.zeros(design.clusters)
            for stratum in range(design.strata):
                units = np.flatnonzero(design.stratum_of == stratum)
                drawn = random.choice(units, units.size - 1)
                times += np.bincount(drawn, minlength=design.clusters) * units.size / (units.size - 1)
            w = design.weight * times[design.cluster_of]
            reached = np.cumsum(w[order])
            line = 0.6 * y[order[np.searchsorted(reached, reached[-1] / 2)]]
            values.append(w[deprived | idle | (y < line)].sum() / w.sum())
        assert found.standard_error == pytest.approx(np.std(values, ddof=1), rel=0.12)  # 3 σ of 300 replicates
