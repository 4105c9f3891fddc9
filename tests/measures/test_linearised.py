import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    RelativeLine,
    SurveyDesign,
    adjusted_headcount,
    atkinson,
    change,
    foster_greer_thorbecke,
    generalised_entropy,
    generalised_lorenz_ordinate,
    gini,
    j_divergence,
    lorenz_ordinate,
    mean,
    mean_log_deviation,
    multidimensional_intensity,
    palma,
    poverty_deficit,
    poverty_gap,
    poverty_headcount,
    ratio,
    theil,
    total,
    watts,
    zenga,
)

SMOOTH = {
    "total": total.linearised,
    "mean": mean.linearised,
    "ratio": lambda y, d: ratio.linearised(np.sqrt(y), y, d),
    "poverty gap": lambda y, d: foster_greer_thorbecke.linearised(y, 40.0, d, alpha=1.5),
    "relative gap": lambda y, d: poverty_gap.linearised(y, 0.7 * mean.linearised(y, d), d),
    "gini": gini.linearised,
    "theil": theil.linearised,
    "mean log deviation": mean_log_deviation.linearised,
    "atkinson 0.5": lambda y, d: atkinson.linearised(y, 0.5, d),
    "atkinson 1": lambda y, d: atkinson.linearised(y, 1, d),
    "atkinson 2": lambda y, d: atkinson.linearised(y, 2, d),
    "watts": lambda y, d: watts.linearised(y, 40.0, d),
    "relative watts": lambda y, d: watts.linearised(y, RelativeLine(0.7, "mean"), d),
    "poverty deficit": lambda y, d: poverty_deficit.linearised(y, RelativeLine(0.7, "mean"), d),
    "entropy -1": lambda y, d: generalised_entropy.linearised(y, -1.0, d),
    "entropy 0.5": lambda y, d: generalised_entropy.linearised(y, 0.5, d),
    "entropy 2": lambda y, d: generalised_entropy.linearised(y, 2.0, d),
    "entropy 3": lambda y, d: generalised_entropy.linearised(y, 3.0, d),
    "j divergence": j_divergence.linearised,
    "zenga": zenga.linearised,
    "lorenz": lambda y, d: lorenz_ordinate.linearised(y, 0.37, d),
    "generalised lorenz": lambda y, d: generalised_lorenz_ordinate.linearised(y, 0.63, d),
    "palma": palma.linearised,
    "intensity": lambda y, d: multidimensional_intensity.linearised(y / 100, 0.3, d),
    "adjusted headcount": lambda y, d: adjusted_headcount.linearised(y / 100, 0.3, d),
    "a power over a log": lambda y, d: mean.linearised(y, d) ** 2 / (3 + mean.linearised(y, d).log()) - 1,
}


class TestInfluence:
    @pytest.mark.parametrize("name", SMOOTH)
    @given(seed=st.integers(0, 10_000))
    def test_is_the_derivative_by_each_weight(self, name, seed):
        rng = np.random.default_rng(seed)
        y, w = rng.integers(1, 100, 8).astype(float), rng.uniform(0.5, 3, 8)
        measure, step = SMOOTH[name], 1e-5
        influence = measure(y, SurveyDesign(w)).influence
        assert influence is not None
        for row in range(8):
            nudge = np.where(np.arange(8) == row, step, 0.0)
            up, down = measure(y, SurveyDesign(w + nudge)), measure(y, SurveyDesign(w - nudge))
            slope = (up.value - down.value) / (2 * step)
            assert influence[row] == pytest.approx(slope, rel=1e-5, abs=1e-7)

    def test_refuses_values_of_two_samples(self):
        here, there = (mean.linearised([1.0, 2.0], SurveyDesign([1.0, 1.0])) for _ in range(2))
        with pytest.raises(MeasureError, match="two designs"):
            here - there

    def test_refuses_a_ratio_to_nothing(self):
        with pytest.raises(MeasureError, match="denominator of zero"):
            ratio([1.0, 2.0], [0.0, 0.0], SurveyDesign([1.0, 1.0]))


class TestBy:
    def test_measures_each_label_as_a_domain(self):
        design, y = SurveyDesign([1.0, 2.0, 3.0, 1.0]), np.array([5.0, 1.0, 2.0, 9.0])
        group = np.array([2, 1, 1, 2])
        found = gini.by(group, y, design)
        assert list(found) == [1, 2]
        assert found[2] == gini(y, design, domain=group == 2)

    def test_leaves_out_who_is_outside_the_domain(self):
        found = mean.by(["a", "b", "a"], [1.0, 2.0, 3.0], SurveyDesign([1.0] * 3), domain=[True, False, False])
        assert {label: each.value for label, each in found.items()} == {"a": 1.0}

    def test_asks_for_no_label_outside_the_domain(self):
        found = mean.by(
            np.array(["a", None, "b"], dtype=object),
            [1.0, 2.0, 3.0],
            SurveyDesign([1.0] * 3),
            domain=[True, False, True],
        )
        assert {label: each.value for label, each in found.items()} == {"a": 1.0, "b": 3.0}

    def test_refuses_a_group_of_another_length(self):
        with pytest.raises(MeasureError, match="domain"):
            mean.by(["a", "b"], [1.0, 2.0, 3.0], SurveyDesign([1.0] * 3))


class TestChange:
    def test_of_a_mean_is_the_mean_of_the_changes(self):
        rng = np.random.default_rng(1)
        design = SurveyDesign(rng.random(50), rng.integers(0, 3, 50), rng.integers(0, 20, 50))
        before, after = rng.random(50), rng.random(50)
        found, direct = change(mean, before, after, design), mean(after - before, design)
        assert found.value == pytest.approx(direct.value)
        assert found.standard_error == pytest.approx(direct.standard_error)

    def test_is_surer_than_two_figures(self, eusilc):
        y = eusilc["eqIncome"]
        reform = y + np.where(y < 9000, 500.0, 0.0)
        moved = change(gini, y, reform, eusilc.design)
        assert moved.value < 0
        assert moved.standard_error < gini(y, eusilc.design).standard_error / 10

    def test_has_the_error_of_a_bootstrap(self, eusilc):
        """Rao and Wu (1988): draw n − 1 clusters of each stratum, 300 times."""
        y, w = eusilc["eqIncome"], eusilc["rb050"]
        reform = y + np.where(y < 9000, 1500.0, 0.0)
        _, stratum = np.unique(eusilc["db040"].astype(str), return_inverse=True)
        households, first, member = np.unique(eusilc["db030"], return_index=True, return_inverse=True)
        of_stratum = [np.flatnonzero(stratum[first] == h) for h in range(stratum.max() + 1)]
        rng, drawn = np.random.default_rng(20260101), []
        for _ in range(300):
            factor = np.zeros(households.size)
            for units in of_stratum:
                chosen = rng.choice(units, units.size - 1)
                factor += np.bincount(chosen, minlength=households.size) * units.size / (units.size - 1)
            design = SurveyDesign(w * factor[member])
            drawn.append(
                [
                    (gini.linearised(reform, design) - gini.linearised(y, design)).value,
                    (
                        poverty_headcount.linearised(reform, 10000, design)
                        - poverty_headcount.linearised(y, 10000, design)
                    ).value,
                ]
            )
        linearised = [
            change(gini, y, reform, eusilc.design).standard_error,
            change(poverty_headcount, y, reform, 10000, eusilc.design).standard_error,
        ]
        assert np.std(drawn, axis=0, ddof=1) == pytest.approx(linearised, rel=0.12)
