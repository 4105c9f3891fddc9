"""Take-up: not everybody who is entitled receives."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PolicyError, nearest
from amparo.policy import Benefit, Country

TakeUp = Mapping[str, float]


def read_take_up(stated: list[str], country: Country) -> dict[str, float]:
    """Read BENEFIT=SHARE, such as suf=0.8.

    Raises:
        PolicyError: no such benefit, one stated twice, or a share outside 0 to 1.
    """
    known = {b.key for p in country.programmes for b in p.benefits}
    found: dict[str, float] = {}
    for each in stated:
        key, _, share = each.partition("=")
        if key not in known:
            raise PolicyError(f"{country.key} has no benefit '{key}'.{nearest(key, known)}")
        if key in found:
            raise PolicyError(f"take-up of {key} is stated twice, as {found[key]} and {share}; keep one.")
        try:
            found[key] = float(share)
        except ValueError:
            raise PolicyError(f"take-up of {key}: '{share}' is no number; write {key}=0.8.") from None
        if not 0 <= found[key] <= 1:
            raise PolicyError(f"take-up of {key} is {share}; it is a share from 0 to 1.")
    return found


def takers(benefit: Benefit, households: int, share: float) -> NDArray[np.bool_]:
    """Return which households claim a benefit: the same under every law, and more of them when the share rises."""
    seed = int.from_bytes(hashlib.sha256(benefit.key.encode()).digest()[:8], "big")
    drawn: NDArray[np.bool_] = np.random.default_rng(seed).random(households) < share
    return drawn
