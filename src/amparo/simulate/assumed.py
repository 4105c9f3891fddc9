"""What a simulation assumes beside the law, as sentences: the same in terminal and report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from amparo.texts import Texts


def assumed_lines(found: Mapping[str, Any], say: Texts) -> list[str]:
    """Return a sentence for everything that a simulation assumes beside the law, in the reader's language."""
    lines = []
    if uprating := found["uprating"]:
        first, last = (say.month(date.fromisoformat(uprating[k] + "-01")) for k in ("from", "to"))
        factor = say.number(uprating["factor"], 4)
        lines.append(say("uprated", first=first, last=last, index=say.of(uprating["names"]), factor=factor))
        lines.append(say.of(uprating["note"]))
    lines += [
        say("not_in_force_line", programme=say.of(each["names"]), months=", ".join(each["months"]))
        for each in found["not_in_force"]
    ]
    names = {c["benefit"]: say.of(c["names"]) for c in found["computability"]}
    for key, share in found["take_up"].items():
        lines.append(say("take_up_line", benefit=names.get(key, key), share=say.percent(share)))
    if shock := found["shock"]:
        shares = {k: say.percent(shock[k]) for k in ("unemployment", "informality")}
        factors = {k: say.number(shock[k], 2) for k in ("wages", "prices")}
        lines.append(say("shock_line", name=say.of(shock["names"]), **shares, **factors))
    return [line for line in lines if line]
