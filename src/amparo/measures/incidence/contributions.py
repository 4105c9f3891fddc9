"""What one instrument among several does to poverty and inequality: alone at the end, or as its share of the whole."""

from collections.abc import Iterator, Mapping, Sequence
from math import factorial
from typing import Any, Concatenate, NamedTuple, ParamSpec

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError
from amparo.measures.distribution import mean
from amparo.measures.incidence.impoverishment import lines
from amparo.measures.inequality.bins import gini_of_bins
from amparo.measures.sampling.columns import plain
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, Measure, change, estimates
from amparo.measures.sampling.replication import ReplicateDesign
from amparo.measures.sampling.survey import Floats, Rows, SurveyDesign, Weights

P = ParamSpec("P")
MOST = 12  # instruments: their coalitions double with each
BINS = 4096  # of income, for the Gini index of every coalition
COARSE = 8  # bins that share an influence


def marginal_contribution(
    measure: Measure[Concatenate[Any, P]],
    income: ArrayLike,
    amount: ArrayLike,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Estimate:
    """Return what an instrument moves a measure by, everything else in place: with it less without it.

    Below zero it lowers poverty or inequality. (The CEQ Handbook writes it with the other sign.) Contributions of
    several instruments do not add up to what they do together; those of `shapley_poverty` and `shapley_gini` do.

    Args:
        measure: any measure whose first argument is income.
        income:  [n] income with the instrument, currency.
        amount:  [n] what it adds to each income, same unit; a tax below zero.
        args:    what the measure takes after income: a line, the design, domain=.

    Raises:
        MeasureError: whatever the measure refuses.

    Formula: measure(income) − measure(income − amount)
    Unit: that of the measure.
    Variance: influence of the difference, person by person.
    Source: Enami, Lustig & Aranda (2018), in Lustig, ed., Commitment to Equity Handbook, chapter 2.
    Checked against: the two values of the measure, and a jackknife of CASEN 1990 (error)
        (tests/measures/test_contributions.py, tests/measures/test_casen1990.py).

    >>> from amparo.measures import gini
    >>> design = SurveyDesign([1.0, 1.0])
    >>> marginal_contribution(gini, [2.0, 6.0], [2.0, 0.0], design).value
    -0.25
    """
    with_it = np.asarray(plain(income), np.float64)
    return change(measure, with_it - np.asarray(plain(amount), np.float64), with_it, *args, **kwargs)


def shapley_poverty(
    without: ArrayLike,
    amounts: Mapping[str, ArrayLike],
    line: ArrayLike,
    design: SurveyDesign | ReplicateDesign,
    *,
    alpha: float = 0.0,
    domain: ArrayLike | None = None,
) -> dict[str, Estimate]:
    """Return each instrument's share in what all together move poverty by; the shares add up to the whole.

    A share is the mean of what an instrument adds over all orders in which the instruments could arrive. Below zero it
    lowers poverty.

    Args:
        without: [n] income without any of the instruments, currency.
        amounts: name → [n] what each instrument adds, same unit; a tax below zero. At most 12.
        line:    one number, or [n] one for each person; same unit, above zero.
        design:  the sample, or its replicates.
        alpha:   ≥ 0: 0 for the headcount, 1 for the gap, 2 for its square.
        domain:  [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: no instrument or more than 12, alpha < 0, a line ≤ 0, a value is missing, or the domain is empty.

    Formula: Σ over coalitions S without i of |S|!·(k − |S| − 1)!/k! · (FGT(S + i) − FGT(S))
    Unit: that of the measure: share of persons, or of the line.
    Variance: influence; of a mean, for shares of persons add up to those of the population.
    Source: Shorrocks (2013), Journal of Economic Inequality 11, 99-126; Enami, Lustig & Aranda (2018), in Lustig, ed.,
        Commitment to Equity Handbook, chapter 2.
    Checked against: all orders of arrival, one by one, with `poverty_headcount` and `poverty_gap`
        (tests/measures/test_contributions.py).

    >>> design = SurveyDesign([1.0, 1.0])
    >>> found = shapley_poverty([50.0, 80.0], {"grant": [60.0, 0.0], "pension": [50.0, 30.0]}, 100.0, design)
    >>> {name: round(each.value, 2) for name, each in found.items()}
    {'grant': -0.25, 'pension': -0.75}
    """
    if not alpha >= 0:
        raise MeasureError(f"alpha is {alpha}; it is 0 for the headcount, 1 for the gap, 2 for its square.")
    rows = design.rows(domain)
    z = np.where(rows, lines(line, design, rows), 1.0)
    game = _Game.of(without, amounts, design, rows)
    shares = np.zeros((len(game.names), len(design)))
    for held, members, incomes in game.coalitions():
        poor = incomes < z[held]
        gap = np.where(poor, 1 - incomes / z[held], 0.0)
        shares[np.ix_(np.array(members, np.intp), held)] = _weights(len(members)) @ np.where(poor, gap**alpha, 0.0)
    return {name: mean(share, design, domain=rows) for name, share in zip(game.names, shares, strict=True)}


def shapley_gini(
    without: ArrayLike,
    amounts: Mapping[str, ArrayLike],
    design: SurveyDesign | ReplicateDesign,
    *,
    domain: ArrayLike | None = None,
) -> dict[str, Estimate]:
    """Return each instrument's share in what all together move the Gini index by; the shares add up to the whole.

    The indices of all coalitions are taken from histograms of 4,096 bins, narrow where most incomes are, and miss the
    exact index by less than a millionth or so.

    Args:
        without: [n] income without any of the instruments, currency.
        amounts: name → [n] what each instrument adds, same unit; a tax below zero. At most 12.
        design:  the sample, or its replicates.
        domain:  [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: no instrument or more than 12, a coalition leaves a total income of zero or less, a value is
            missing, or the domain is empty.

    Formula: Σ over coalitions S without i of |S|!·(k − |S| − 1)!/k! · (G(S + i) − G(S))
    Unit: points of the Gini index.
    Variance: influence, from the same histograms.
    Source: Shorrocks (2013), Journal of Economic Inequality 11, 99-126; Enami, Lustig & Aranda (2018), in Lustig, ed.,
        Commitment to Equity Handbook, chapter 2.
    Checked against: all orders of arrival, one by one, with `gini`, values and errors
        (tests/measures/test_contributions.py).

    >>> found = shapley_gini([0.0, 8.0], {"grant": [2.0, 0.0], "tax": [0.0, -2.0]}, SurveyDesign([1.0, 1.0]))
    >>> {name: round(each.value, 3) for name, each in found.items()}
    {'grant': -0.225, 'tax': -0.025}
    """
    names, columns = list(amounts), list(amounts.values())

    def shares(without: ArrayLike, *columns: ArrayLike, design: Weights, domain: ArrayLike | None) -> list[Linearised]:
        rows = design.rows(domain)
        game = _Game.of(without, dict(zip(names, columns, strict=True)), design, rows)
        return _gini_shares(game, design, rows)

    found = estimates(shares, without, *columns, design=design, domain=domain)
    return dict(zip(names, found, strict=True))


class _Game(NamedTuple):
    """Instruments as players: what each adds to the income of each row."""

    names: list[str]
    rows: NDArray[np.intp]  # who is measured
    without: Floats  # [n]
    amounts: list[Floats]

    @classmethod
    def of(cls, without: ArrayLike, amounts: Mapping[str, ArrayLike], design: Weights, rows: Rows) -> "_Game":
        if not 0 < len(amounts) <= MOST:
            raise MeasureError(f"{len(amounts)} instruments were given; give 1 to {MOST}, the smallest ones together.")
        columns = [design.column(name, each, rows) + np.zeros(len(design)) for name, each in amounts.items()]
        return cls(
            list(amounts), np.flatnonzero(rows & (design.weight > 0)), design.column("without", without, rows), columns
        )

    def coalitions(self) -> Iterator[tuple[NDArray[np.intp], list[int], Floats]]:
        """Yield rows that the same instruments touch, those instruments, and incomes [subsets of them, rows].

        What a coalition does to a row depends on the instruments that touch it alone.
        """
        touched = np.zeros(self.rows.size, np.int64)
        for i, each in enumerate(self.amounts):
            touched |= (each[self.rows] != 0).astype(np.int64) << i
        order = np.argsort(touched, kind="stable")
        patterns, starts = np.unique(touched[order], return_index=True)
        for pattern, places in zip(patterns.tolist(), np.split(order, starts[1:]), strict=True):
            members = [i for i in range(len(self.amounts)) if pattern >> i & 1]
            held = self.rows[places]
            incomes = self.without[held][None]
            for i in members:
                incomes = np.concatenate([incomes, incomes + self.amounts[i][held]])
            yield held, members, incomes


def _weights(players: int) -> Floats:
    """Return what each coalition's value counts for in each player's share [players, coalitions]; bit i is player i."""
    found = np.zeros((players, 1 << players))
    for coalition in range(1 << players):
        size = coalition.bit_count()
        for i in range(players):
            inside = coalition >> i & 1
            before = size - inside
            chance = factorial(before) * factorial(players - before - 1) / factorial(players)
            found[i, coalition] = chance if inside else -chance
    return found


def _gini_shares(game: _Game, design: Weights, rows: Rows) -> list[Linearised]:
    players, weight = len(game.names), design.weight
    bins = _Bins.over(game)
    # A sum over all rows is put together from what each set of instruments adds to the sets within it.
    added = np.zeros((1 << players, 2 * BINS))
    for held, members, incomes in game.coalitions():
        histograms = bins.histograms(incomes, weight[held])
        added[_subsets(members)] += _over_subsets(histograms, -1)
    sums = _over_subsets(added, 1)
    persons, earned = sums[:, :BINS], sums[:, BINS:]
    index = gini_of_bins(persons, earned)
    chances = _weights(players)
    influence = np.zeros((players, len(design)))
    if isinstance(design, SurveyDesign):
        slope, level = _influences(persons, earned, index)
        for held, members, incomes in game.coalitions():
            place = bins.place(incomes) // COARSE
            for subset, among in enumerate(_extensions(members, players)):
                y, at = incomes[subset], place[subset]
                influence[:, held] += (chances[:, among] @ slope[among])[:, at] * y
                influence[:, held] += (chances[:, among] @ level[among])[:, at]
    return [Linearised(float(chances[i] @ index), influence[i], design, rows) for i in range(players)]


def _influences(persons: Floats, earned: Floats, index: Floats) -> tuple[Floats, Floats]:
    """Return slope and level [coalitions, coarse bins] of the influence of a row on the Gini index, by its income.

    The influence is 2·(y·W(≤y) + Y(>y))/(N·Y) − (G + 1)·(1/N + y/Y); half of a bin lies on either side of a row.
    """
    shape = (len(persons), BINS // COARSE, COARSE)
    w, e = persons.reshape(shape).sum(axis=2), earned.reshape(shape).sum(axis=2)
    n, y = w.sum(axis=1, keepdims=True), e.sum(axis=1, keepdims=True)
    up_to, above = np.cumsum(w, axis=1) - w / 2, y - np.cumsum(e, axis=1) + e / 2
    whole = index[:, None] + 1
    return 2 * up_to / (n * y) - whole / y, 2 * above / (n * y) - whole / n


class _Bins(NamedTuple):
    """Bins of income, narrow where most incomes are: a few very high or low ones leave them so."""

    centre: float
    spread: float
    low: float
    scale: float

    @classmethod
    def over(cls, game: _Game) -> "_Bins":
        without = game.without[game.rows]
        least, most, whole = without, without, without
        for each in game.amounts:
            amount = each[game.rows]
            least, most, whole = least + np.minimum(amount, 0), most + np.maximum(amount, 0), whole + amount
        centre = float(np.median(whole))
        away = np.abs(np.concatenate([without, whole]) - centre)
        spread = float(np.median(away[away > 0])) if away.any() else 1.0
        low, high = (float(np.arcsinh((end - centre) / spread)) for end in (least.min(), most.max()))
        return cls(centre, spread, low, BINS / (high - low) if high > low else 0.0)

    def place(self, incomes: Floats) -> NDArray[np.intp]:
        within = (np.arcsinh((incomes - self.centre) / self.spread) - self.low) * self.scale
        return np.clip(within, 0, BINS - 1).astype(np.intp)

    def histograms(self, incomes: Floats, weight: Floats) -> Floats:
        """Return persons and their income by bin [subsets, 2·bins]."""
        place = self.place(incomes) + BINS * np.arange(len(incomes))[:, None]
        parts = (np.broadcast_to(weight, incomes.shape), weight * incomes)
        return np.column_stack(
            [np.bincount(place.ravel(), each.ravel(), len(incomes) * BINS).reshape(-1, BINS) for each in parts]
        )


def _subsets(members: Sequence[int]) -> list[int]:
    """Return the sets of members, as numbers whose bits are members, in the order of the members' own bits."""
    found = [0]
    for each in members:
        found += [others | 1 << each for others in found]
    return found


def _extensions(members: Sequence[int], players: int) -> list[list[int]]:
    """Return, for each set of members, the coalitions of all players whose members among these are that set."""
    others = _subsets([i for i in range(players) if i not in members])
    return [[mine | rest for rest in others] for mine in _subsets(members)]


def _over_subsets(table: Floats, sign: int) -> Floats:
    """Sum the rows of a table over the subsets of each row's number, in place; with −1, undo that (Möbius)."""
    for bit in range(len(table).bit_length() - 1):
        pairs = table.reshape(-1, 2, 1 << bit, table.shape[1])
        pairs[:, 1] += sign * pairs[:, 0]
    return table


__all__ = ["marginal_contribution", "shapley_gini", "shapley_poverty"]
