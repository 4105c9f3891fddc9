"""A month in which a figure of the law is unknown: the benefit is left out and says why; the others are computed."""

from datetime import date

from amparo.policy import find_country
from amparo.population import Status, generated, random_population
from amparo.simulate import Source, simulate

MONTH = date(2018, 12, 1)


def test_a_benefit_whose_figure_is_unknown_is_not_computable_and_the_others_are() -> None:
    chile = find_country("chile")
    people = random_population(chile, 200, 1, edition=chile.on(MONTH))
    source = Source("random", "generated", people, None, generated(chile, MONTH), None)
    status = {c.benefit.key: c.status for c in source.computability}
    assert status["suf"] is Status.COMPUTED
    assert status["bono_invierno"] is Status.NOT_COMPUTABLE
    lacking = next(dict(c.lacking) for c in source.computability if c.benefit.key == "bono_invierno")
    assert "is not known in 2018-12" in lacking["bono_invierno.amount"]["en"]
    found = simulate(chile, source, on=MONTH)
    paid = {b["benefit"] for b in found["scenarios"][0]["benefits"]}
    assert "suf" in paid
    assert "bono_invierno" not in paid
