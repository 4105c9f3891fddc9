"""The CEQ chain of income concepts: from what the market pays to what is left and received after the state.

```
market ── + pensions − their contributions ──▶ market_plus_pensions
market_plus_pensions ── − direct taxes, other contributions ──▶ net_market ── + direct transfers ──▶ disposable
market_plus_pensions ── + direct transfers ──▶ gross
disposable ── − indirect taxes + subsidies ──▶ consumable ── + education, health in kind − fees ──▶ final
```
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError, nearest
from amparo.measures.sampling.columns import plain
from amparo.measures.sampling.survey import Floats

COMPONENTS = {
    "pensions": 1,
    "pension_contributions": -1,
    "direct_taxes": -1,
    "social_contributions": -1,
    "direct_transfers": 1,
    "indirect_taxes": -1,
    "indirect_subsidies": 1,
    "in_kind_transfers": 1,
    "user_fees": -1,
}
_PENSIONS = ("pensions", "pension_contributions")
_TAXES = ("direct_taxes", "social_contributions")
_DISPOSABLE = (*_PENSIONS, *_TAXES, "direct_transfers")
_CONSUMABLE = (*_DISPOSABLE, "indirect_taxes", "indirect_subsidies")
CONCEPTS: dict[str, tuple[str, ...]] = {  # what lies between market income and each concept
    "market": (),
    "market_plus_pensions": _PENSIONS,
    "net_market": (*_PENSIONS, *_TAXES),
    "gross": (*_PENSIONS, "direct_transfers"),
    "disposable": _DISPOSABLE,
    "consumable": _CONSUMABLE,
    "final": (*_CONSUMABLE, "in_kind_transfers", "user_fees"),
}
CHAIN = ("market", "market_plus_pensions", "disposable", "consumable", "final")  # each from the one before


@dataclass(frozen=True, eq=False)
class IncomeConcepts:
    """The income concepts that the supplied columns allow, and what the others lack.

    Args:
        incomes: concept → [n] currency, in the order of the chain.
        missing: concept → the components that are not supplied and keep it from being built.
        parts:   component → name → [n] amounts as supplied, ≥ 0; one that was supplied as a single column has its
                 component's name.

    >>> found = income_concepts([100.0, 50.0], pensions=[0.0, 20.0], pension_contributions=0.0)
    >>> list(found.incomes), found.missing["gross"]
    (['market', 'market_plus_pensions'], ('direct_transfers',))
    """

    incomes: Mapping[str, Floats] = field(repr=False)
    missing: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, Mapping[str, Floats]] = field(repr=False)

    def __getitem__(self, concept: str) -> Floats:
        """Return the income of a concept [n].

        Raises:
            MeasureError: no such concept, or one that the columns do not allow.
        """
        if concept not in CONCEPTS:
            raise MeasureError(f"there is no income concept '{concept}'.{nearest(concept, CONCEPTS)}")
        if concept not in self.incomes:
            lacking = ", ".join(self.missing[concept])
            raise MeasureError(f"{concept} income lacks {lacking}; give the columns, or 0 where there is none of it.")
        return self.incomes[concept]


def income_concepts(
    income: ArrayLike, *, at: str = "market", **components: ArrayLike | Mapping[str, ArrayLike]
) -> IncomeConcepts:
    """Return the income concepts of the Commitment to Equity, built from one measured income and declared components.

    The income may stand anywhere in the chain: a survey that asks for what arrives at home measures `at="disposable"`,
    and market income is what is left without transfers and with taxes. A component that is not given is unknown, and
    unknown is not zero: concepts that need it are not built, and `missing` says so. A component that does not exist is
    given as 0.

    Args:
        income:     [n] currency, of each person: household income per head or per equivalent person.
        at:         the concept that it measures.
        components: `pensions`, `pension_contributions`, `direct_taxes`, `social_contributions`, `direct_transfers`,
                    `indirect_taxes`, `indirect_subsidies`, `in_kind_transfers` (education and health at cost),
                    `user_fees`: [n] or one number, same unit, ≥ 0; or name → [n] where it has parts.

    Raises:
        MeasureError: no such concept or component, or a length, sign or missing value that cannot be.

    Formula: concept = income ± the components between the two: pensions, direct transfers, indirect subsidies and
        transfers in kind are added, contributions, taxes and fees taken off
    Unit: that of the columns, currency.
    Variance: none: columns.
    Source: Lustig, ed. (2018), Commitment to Equity Handbook, Brookings and CEQ Institute, chapters 1 and 6 (pensions
        as deferred income; give them as `direct_transfers` to take them for transfers).
    Checked against: the incomes that the file of CASEN 1990 has: autonomous plus subsidies is monetary
        (tests/measures/test_casen1990.py).

    >>> found = income_concepts(
    ...     [100.0, 50.0], at="disposable", pensions=0.0, pension_contributions=0.0, direct_taxes=[10.0, 0.0],
    ...     social_contributions=0.0, direct_transfers={"grant": [0.0, 15.0], "school meals": [5.0, 5.0]},
    ... )
    >>> {concept: values.tolist() for concept, values in found.incomes.items()}["market"]
    [105.0, 30.0]
    >>> found.missing
    {'consumable': ('indirect_taxes', 'indirect_subsidies'), 'final': ('indirect_taxes', 'indirect_subsidies', \
'in_kind_transfers', 'user_fees')}
    """
    if at not in CONCEPTS:
        raise MeasureError(f"there is no income concept '{at}'.{nearest(at, CONCEPTS)}")
    measured = _column("income", income, None)
    parts: dict[str, dict[str, Floats]] = {}
    for name, given in components.items():
        if name not in COMPONENTS:
            raise MeasureError(f"there is no component '{name}' of income.{nearest(name, COMPONENTS)}")
        named = given if isinstance(given, Mapping) else {name: given}
        parts[name] = {part: _column(part, column, measured.size) for part, column in named.items()}
        _refuse_negative(parts[name])
    incomes: dict[str, Floats] = {}
    missing: dict[str, tuple[str, ...]] = {}
    for concept, inside in CONCEPTS.items():
        added, removed = set(inside) - set(CONCEPTS[at]), set(CONCEPTS[at]) - set(inside)
        lacking = tuple(c for c in COMPONENTS if c in added | removed and c not in parts)
        if lacking:
            missing[concept] = lacking
            continue
        found = measured.copy()
        for component in added | removed:
            sign = COMPONENTS[component] * (1 if component in added else -1)
            for amount in parts[component].values():
                found += sign * amount
        incomes[concept] = found
    return IncomeConcepts(incomes, missing, parts)


def _column(name: str, values: ArrayLike, size: int | None) -> Floats:
    """Return a column of money [n]; one number serves all where the size is known."""
    try:
        given = np.asarray(plain(values), dtype=np.float64)
    except (TypeError, ValueError):
        raise MeasureError(f"{name} holds values that are no numbers; give a column of money.") from None
    if size is None and given.ndim != 1:
        raise MeasureError(f"{name} has shape {given.shape}; give one value for each row.")
    if size is not None and given.shape not in {(), (size,)}:
        raise MeasureError(f"{name} has shape {given.shape}; give one value for each of {size} rows, or one for all.")
    column = np.broadcast_to(given, (given.size if size is None else size,)).astype(np.float64)
    bad = np.flatnonzero(~np.isfinite(column))
    if bad.size:
        raise MeasureError(
            f"{name} has {bad.size} missing or infinite values, the first at row {bad[0]}; "
            "unknown is not zero: fill them, or leave those rows out."
        )
    return column


def _refuse_negative(parts: Mapping[str, Floats]) -> None:
    for name, column in parts.items():
        if (column < 0).any():
            row = int(np.flatnonzero(column < 0)[0])
            raise MeasureError(f"{name} is {column[row]:g} at row {row}; components are zero or above, taxes too.")


__all__ = ["CHAIN", "COMPONENTS", "CONCEPTS", "IncomeConcepts", "income_concepts"]
