"""Schooling, work, pay and pensions: one status of the household stands behind them, so that they go together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.population.synthesis.families import People
from amparo.population.synthesis.homes import Homes, any_of
from amparo.population.synthesis.margins import Floats, Ints, Margins, band, normal_share

YOUNGEST_WORKER = 15
MEMBER, HEAD, ALONE = range(3)  # places in the household in the table of work


class Earned(NamedTuple):
    """What persons learned and earn, in currency a month before calibration: [persons].

    `transfers` are private: alimony, remittances, gifts.
    """

    schooling: Ints
    works: NDArray[np.bool_]
    earnings: Floats
    pension: Floats
    capital: Floats
    transfers: Floats


def earned(homes: Homes, people: People, margins: Margins, rng: np.random.Generator) -> Earned:
    """Draw schooling, work, pay, pensions and other income of a block."""
    rows, home = len(people.age), homes.home
    sex = people.female.astype(np.int64)
    status = rng.standard_normal(len(homes.size))[home]

    def latent(load: float, of: Floats) -> Floats:
        """Return a standard normal that goes with another one as far as a load says."""
        return np.asarray(load * of + np.sqrt(1 - load * load) * rng.standard_normal(rows))

    learned = latent(margins["status.schooling"], status)
    ages = margins["schooling.age_from"]
    schooling = margins.choice("schooling.shares").at(sex * len(ages) + band(people.age, ages), normal_share(learned))

    place = np.where(homes.position > 0, MEMBER, np.where(homes.size[home] > 1, HEAD, ALONE))
    share = margins.array("work.shares")[place, sex, band(people.age, margins["work.age_from"])]
    keen = normal_share(latent(margins["status.work"], learned))
    works = (people.age >= YOUNGEST_WORKER) & (keen > 1 - share)
    bands = margins["pay.age_from"]
    rank = normal_share(latent(margins["status.pay"], status))
    earnings = (
        margins.curve("pay").at(sex * len(bands) + band(people.age, bands), rank)
        * works
        * margins.array("pay_correction.by_sex")[sex]
    )

    old = margins["pensions.age_from"]
    has = (people.age >= old[0]) & (rng.random(rows) < margins.array("pensions.shares")[sex, band(people.age, old)])
    rank = normal_share(latent(margins["status.pension"], learned))
    pension = margins.curve("pensions").at(sex * len(old) + band(people.age, old), rank) * has

    young = ~any_of(homes, people.age >= old[0])
    other = young & (rng.random(len(young)) < margins["other_income.share"])
    rank = normal_share(latent(margins["status.other"], status))
    amount = margins.curve("other_income").at(np.zeros(rows, dtype=np.int64), rank)
    amount *= (homes.position == 0) & other[home]
    of_capital = (rng.random(len(young)) < margins["other_income_kind.capital"])[home]
    return Earned(schooling, works, earnings, pension, amount * of_capital, amount * ~of_capital)
