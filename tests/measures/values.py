"""The value of an estimate that a test knows to be there."""

from amparo.measures import Estimate


def value(found: Estimate | None) -> float:
    assert found is not None
    return found.value
