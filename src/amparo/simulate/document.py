"""A simulation as a document: the stable JSON form, from which table and report are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from amparo import __version__
from amparo.expr import Confidence, Parameter
from amparo.measures import Estimate, Incidence
from amparo.policy import Benefit, Country, Edition
from amparo.simulate.analysis.absorption import ShockOutcome
from amparo.simulate.analysis.comparison import Beside, beside
from amparo.simulate.assumptions import Assumptions, Shock
from amparo.simulate.assumptions.economy import economy_of
from amparo.simulate.outcome import Assessor, Outcome
from amparo.simulate.sources import Source

VARIANCE = {
    "es": "linealización de Taylor con conglomerados últimos y los estratos del diseño; intervalos de 95 %",
    "pt": "linearização de Taylor com conglomerados últimos e os estratos do desenho; intervalos de 95 %",
    "en": "Taylor linearisation with ultimate clusters and the design's strata; 95 % intervals",
}
MEASURED = {
    "es": "El ingreso de la encuesta ya contiene los beneficios de su mes. Una reforma suma la diferencia entre la "
    "simulación con reforma y la simulación sin ella; la percepción se supone completa.",
    "pt": "A renda da pesquisa já contém os benefícios do seu mês. Uma reforma soma a diferença entre a simulação "
    "com reforma e a simulação sem ela; supõe-se que todos os elegíveis recebem.",
    "en": "The survey's income already holds the benefits of its month. A reform adds the difference between the "
    "simulation with and without it; full take-up is assumed.",
}
FOREIGN = {
    "es": "El ingreso de la encuesta contiene los beneficios de su propio país; los de estas reglas se suman encima. "
    "La percepción se supone completa.",
    "pt": "A renda da pesquisa contém os benefícios do seu próprio país; os destas regras somam-se por cima. "
    "Supõe-se que todos os elegíveis recebem.",
    "en": "The survey's income holds the benefits of its own country; those of these rules come on top. "
    "Full take-up is assumed.",
}
INVENTED = {
    "es": "Hogares inventados: su ingreso es la suma de sus datos en dinero y de los beneficios simulados. Nada de "
    "esto describe a un país.",
    "pt": "Domicílios inventados: sua renda é a soma de seus dados em dinheiro e dos benefícios simulados. Nada "
    "disto descreve um país.",
    "en": "Invented households: their income is the sum of their money inputs and the simulated benefits. Nothing "
    "here describes a country.",
}
SYNTHETIC = {
    "es": "Personas inventadas con los márgenes de un país: su ingreso contiene los subsidios que la encuesta midió en "
    "su mes, sin decir cuáles. Una reforma suma la diferencia entre la simulación con ella y sin ella.",
    "pt": "Pessoas inventadas com as margens de um país: sua renda contém os subsídios que a pesquisa mediu em seu "
    "mês, sem dizer quais. Uma reforma soma a diferença entre a simulação com ela e sem ela.",
    "en": "Invented people with the margins of a country: their income holds the subsidies that the survey measured in "
    "its month, without saying which. A reform adds the difference between the simulation with and without it.",
}


DIMENSIONS = ("decile", "sex", "age_group", "region")


def estimate(found: Estimate | None) -> dict[str, float] | None:
    """Return an estimate with its standard error and 95 % interval; nothing where too few clusters tell its error."""
    if found is None or found.degrees_of_freedom < 1:
        return None
    low, high = found.interval()
    return {"value": found.value, "standard_error": found.standard_error, "low": low, "high": high}


def document(
    country: Country,
    source: Source,
    assessor: Assessor,
    outcomes: Sequence[Outcome],
    shocks: Sequence[ShockOutcome],
    assumptions: Assumptions,
    months: int,
) -> dict[str, Any]:
    """Return a simulation in the documented form (docs/reference/json.md)."""
    population, method = source.population, assessor.welfare.method
    published = economy_of(country).published if _at_home(source) else ()
    editions = [e for o in outcomes for e in o.scenario.editions]
    owner = {b: p for p in country.programmes for b in p.benefits}
    return {
        "amparo": __version__,
        "country": {"key": country.key, "names": dict(country.names)},
        "currency": {
            "code": country.currency.code,
            "symbol": country.currency.symbol,
            "decimals": country.currency.decimals,
        },
        "month": f"{editions[0].month:%Y-%m}",
        "months": months,
        "population": {
            "label": source.label,
            "kind": source.kind,
            "households": population.household_count,
            "persons": population.person_count,
            "weighted_households": float(population.weight.sum()),
            "weighted_persons": float((population.weight * population.sizes).sum()),
            "income_month": f"{source.month:%Y-%m}" if source.month else None,
            "source": source.mapping.source if source.mapping else "",
        },
        "computability": [
            {
                "programme": owner[c.benefit].key,
                "programme_names": dict(owner[c.benefit].names),
                "benefit": c.benefit.key,
                "names": dict(c.benefit.names),
                "status": c.status.value,
                "assumptions": [dict(a) for a in c.assumptions],
                "lacking": [{"key": k, "reason": dict(why)} for k, why in c.lacking],
            }
            for c in source.computability
        ],
        "not_in_force": not_in_force(country, [e.month for e in outcomes[0].scenario.editions]),
        "uprating": _uprating(source),
        "take_up": dict(assumptions.take_up),
        "shock": _shock(assumptions.shock),
        "figures_to_check": to_check(editions),
        "not_modelled": [
            {"programme": p.key, "programme_names": dict(p.names), "names": dict(n)}
            for p in country.programmes
            for n in p.not_modelled
        ],
        "method": {
            "poverty": {
                "names": dict(method.names),
                "line": method.line,
                "extreme_line": method.extreme_line,
                "exponent": method.exponent,
            },
            "variance": VARIANCE,
            "income": _income(source),
        },
        "other_sources": [_beside(b) for b in beside(outcomes[0].scenario, population, assessor.households, published)],
        "scenarios": [_scenario(i, o, owner) for i, o in enumerate(outcomes)],
        "shocks": [_shocked(i, s) for i, s in enumerate(shocks)],
    }


def _income(source: Source) -> dict[str, str]:
    if source.kind == "generated":
        return INVENTED
    if source.kind == "synthetic":
        return SYNTHETIC
    return MEASURED if _at_home(source) else FOREIGN


def _at_home(source: Source) -> bool:
    """Tell whether the population is that of the law's country: published figures say nothing about another."""
    if source.kind == "generated":
        return False
    official = source.mapping.poverty if source.mapping else None
    return official is None or official.holds_benefits


def not_in_force(country: Country, months: Sequence[date]) -> list[dict[str, Any]]:
    """Return each programme that has no law encoded in some of the months: there it pays nothing."""
    found = []
    for programme in (p for p in country.programmes if p.benefits):
        absent = [f"{m:%Y-%m}" for m in months if not any(r.in_force(m) for r in programme.regimes)]
        if absent:
            found.append({"programme": programme.key, "names": dict(programme.names), "months": absent})
    return found


def _uprating(source: Source) -> dict[str, Any] | None:
    used = source.uprating
    if used is None:
        return None
    return {
        "index": used.index.key,
        "names": dict(used.index.names),
        "note": dict(used.index.note),
        "from": f"{used.first:%Y-%m}",
        "to": f"{used.last:%Y-%m}",
        "factor": used.factor,
        "points": [
            {
                "month": f"{p.month:%Y-%m}",
                "value": float(p.value),
                "source": p.source,
                "confidence": p.confidence.value,
            }
            for p in used.points
        ],
    }


def _shock(shock: Shock | None) -> dict[str, Any] | None:
    if shock is None:
        return None
    parts = ("unemployment", "informality", "wages", "prices")
    return {"names": dict(shock.names), **{name: getattr(shock, name) for name in parts}}


def _shocked(number: int, found: ShockOutcome) -> dict[str, Any]:
    return {
        "key": law_key(number),
        "names": dict(found.scenario.names),
        "lost": estimate(found.lost),
        "given_back": estimate(found.given_back),
        "absorbed": estimate(found.absorbed),
        "welfare": {k: estimate(v) for k, v in found.welfare.items()},
        "change": {k: estimate(v) for k, v in found.change.items()},
    }


def _beside(found: Beside) -> dict[str, Any]:
    published = found.published
    return {
        "benefit": found.benefit.key,
        "names": dict(found.benefit.names),
        "survey": {"recipients": estimate(found.survey_recipients), "cost": estimate(found.survey_cost)},
        "published": published
        and {
            "month": f"{published.month:%Y-%m}",
            "recipients": None if published.recipients is None else float(published.recipients),
            "cost": None if published.monthly_cost is None else float(published.monthly_cost),
            "source": published.source,
            "confidence": published.confidence.value,
        },
    }


def law_key(number: int) -> str:
    """Return the key of a scenario by its place."""
    return "baseline" if number == 0 else f"reform {number}"


def to_check(editions: Sequence[Edition]) -> list[dict[str, Any]]:
    """Return every figure that some edition reads and whose confidence is not *verified*, once."""
    found: dict[Parameter, dict[str, Any]] = {}
    for edition in editions:
        for p in edition.parameters:
            dated = edition.dated(p)
            if p in found or dated is None or dated.confidence is Confidence.VERIFIED:
                continue
            shown = None if dated.value is None else float(dated.value)
            found[p] = {
                "key": p.key,
                "labels": dict(p.labels),
                "value": None if shown is None else f"{shown:.10g}",
                "unit": str(p.type),
                "since": dated.since.isoformat(),
                "source": dated.source,
                "confidence": dated.confidence.value,
                "note": dated.note,
            }
    return list(found.values())


def _scenario(number: int, outcome: Outcome, owner: Mapping[Benefit, Any]) -> dict[str, Any]:
    scenario = outcome.scenario
    return {
        "key": law_key(number),
        "names": dict(scenario.names),
        "version": [e.version for e in scenario.editions],
        "doubtful_rows": scenario.doubtful,
        "rows": scenario.rows,
        "benefits": [
            {
                "programme": owner[s.paid.benefit].key,
                "benefit": s.paid.benefit.key,
                "names": dict(s.paid.benefit.names),
                "timing": s.paid.benefit.timing.value,
                "cost": estimate(s.cost),
                "recipients": estimate(s.recipients),
                "households": estimate(s.households),
            }
            for s in outcome.spending
        ],
        "welfare": {k: estimate(v) for k, v in outcome.welfare.items()},
        "change": {k: estimate(v) for k, v in outcome.change.items()},
        "cost_change": estimate(outcome.cost_change),
        **{f"by_{name}": [_incidence(i) for i in outcome.incidence.get(name, ())] for name in DIMENSIONS},
        "reach": [
            {
                "benefit": r.benefit.key,
                "dimension": r.dimension,
                "group": r.group,
                "coverage": estimate(r.coverage),
                "mean_benefit": estimate(r.mean_benefit),
                "adequacy": estimate(r.adequacy),
                "generosity": estimate(r.generosity),
                "relative_incidence": estimate(r.relative),
                "share_of_spending": estimate(r.spending),
                "share_of_beneficiaries": estimate(r.beneficiaries),
            }
            for r in outcome.reach
        ],
        "targeting": [
            {"benefit": t.benefit.key, **{k: estimate(v) for k, v in t.measures.items()}} for t in outcome.targeting
        ],
        "paid_to": [{"benefit": p.benefit.key, "sex": p.sex, "share": estimate(p.share)} for p in outcome.paid_to],
        "contributions": [
            {
                "benefit": c.benefit.key,
                **{k: moved.value for k, moved in c.moved.items()},
                "estimates": {k: estimate(moved) for k, moved in c.moved.items()},
            }
            for c in outcome.contributions
        ],
        "years": [{"year": y.year, "share": y.share, "cost": estimate(y.cost)} for y in outcome.years],
    }


def _incidence(found: Incidence) -> dict[str, Any]:
    return {
        "group": found.group,
        "winners": estimate(found.winners),
        "losers": estimate(found.losers),
        "mean_change": estimate(found.mean_change),
    }
