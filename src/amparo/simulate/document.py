"""A simulation as a document: the stable JSON form, from which table and report are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amparo import __version__
from amparo.expr import Confidence, Parameter
from amparo.measures import Estimate, Incidence
from amparo.policy import Benefit, Country, Edition
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
INVENTED = {
    "es": "Hogares inventados: su ingreso es la suma de sus datos en dinero y de los beneficios simulados. Nada de "
    "esto describe a un país.",
    "pt": "Domicílios inventados: sua renda é a soma de seus dados em dinheiro e dos benefícios simulados. Nada "
    "disto descreve um país.",
    "en": "Invented households: their income is the sum of their money inputs and the simulated benefits. Nothing "
    "here describes a country.",
}


def estimate(found: Estimate | None) -> dict[str, float] | None:
    """Return an estimate with its standard error and 95 % interval."""
    if found is None:
        return None
    low, high = found.interval()
    return {"value": found.value, "standard_error": found.standard_error, "low": low, "high": high}


def document(
    country: Country, source: Source, assessor: Assessor, outcomes: Sequence[Outcome], months: int
) -> dict[str, Any]:
    """Return a simulation in the documented form (docs/reference/json.md)."""
    population, method = source.population, assessor.welfare.method
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
        "figures_to_check": to_check(editions),
        "not_modelled": [{"programme": p.key, "names": dict(n)} for p in country.programmes for n in p.not_modelled],
        "method": {
            "poverty": {
                "names": dict(method.names),
                "line": method.line,
                "extreme_line": method.extreme_line,
                "exponent": method.exponent,
            },
            "variance": VARIANCE,
            "income": INVENTED if source.kind == "generated" else MEASURED,
        },
        "scenarios": [_scenario(i, o, owner) for i, o in enumerate(outcomes)],
    }


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
        "key": "baseline" if number == 0 else f"reform {number}",
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
        "by_decile": [_incidence(i) for i in outcome.by_decile],
        "by_sex": [_incidence(i) for i in outcome.by_sex],
    }


def _incidence(found: Incidence) -> dict[str, Any]:
    return {
        "group": found.group,
        "winners": estimate(found.winners),
        "losers": estimate(found.losers),
        "mean_change": estimate(found.mean_change),
    }
