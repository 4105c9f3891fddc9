"""A simulation as flat tables, one row a figure: what the workbook and the notebook read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from amparo.texts import Texts

Document = Mapping[str, Any]
Row = dict[str, Any]
REACH = (
    "coverage",
    "mean_benefit",
    "adequacy",
    "generosity",
    "relative_incidence",
    "share_of_spending",
    "share_of_beneficiaries",
)
DIMENSIONS = ("decile", "sex", "age_group", "region")


def tables(document: Document, language: str = "en") -> dict[str, list[Row]]:
    """Return every table of a simulation by name; one that has no rows is left out.

    Args:
        document: the simulation in its JSON form (docs/reference/json.md).
        language: of the names of benefits, scenarios and assumptions: es, pt or en.
    """
    say = Texts(language)
    made = {name: list(rows(document, say)) for name, rows in WRITERS.items()}
    return {name: rows for name, rows in made.items() if rows}


def spread(found: Mapping[str, float] | None, prefix: str = "") -> Row:
    """Return an estimate as cells: value, standard error, both ends of its interval."""
    keys = ("value", "standard_error", "low", "high")
    return {prefix + k: None if found is None else found[k] for k in keys}


def _computability(document: Document, say: Texts) -> Iterable[Row]:
    for each in document["computability"]:
        reasons = [say.of(a) for a in each["assumptions"]] + [say.of(x["reason"]) for x in each["lacking"]]
        yield {
            "programme": each["programme"],
            "benefit": each["benefit"],
            "name": say.of(each["names"]),
            "status": each["status"],
            "why": "\n".join(reasons),
        }


def _to_check(document: Document, say: Texts) -> Iterable[Row]:
    for each in document["figures_to_check"]:
        yield {**{k: v for k, v in each.items() if k != "labels"}, "name": say.of(each["labels"])}


def _scenarios(document: Document, say: Texts) -> Iterable[tuple[Row, Mapping[str, Any]]]:
    for each in document["scenarios"]:
        yield {"scenario": each["key"], "scenario_name": say.of(each["names"])}, each


def _spending(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for b in scenario["benefits"]:
            what = {"benefit": b["benefit"], "name": say.of(b["names"]), "timing": b["timing"]}
            estimates = [spread(b[k], f"{k}_") for k in ("cost", "recipients", "households")]
            yield {**head, **what, **estimates[0], **estimates[1], **estimates[2]}


def _welfare(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for measure, found in scenario["welfare"].items():
            yield {**head, "measure": measure, **spread(found), **spread(scenario["change"].get(measure), "change_")}


def _incidence(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for dimension in DIMENSIONS:
            for each in scenario[f"by_{dimension}"]:
                parts = [spread(each[k], f"{k}_") for k in ("winners", "losers", "mean_change")]
                where = {"dimension": dimension, "group": str(each["group"])}
                yield {**head, **where, **parts[0], **parts[1], **parts[2]}


def _reach(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for each in scenario["reach"]:
            parts = [spread(each[k], f"{k}_") for k in REACH]
            where = {"benefit": each["benefit"], "dimension": each["dimension"], "group": str(each["group"])}
            yield {**head, **where, **{k: v for part in parts for k, v in part.items()}}


def _targeting(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for each in scenario["targeting"]:
            for measure, found in each.items():
                if measure != "benefit":
                    yield {**head, "benefit": each["benefit"], "measure": measure, **spread(found)}


def _paid_to(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for each in scenario["paid_to"]:
            yield {**head, "benefit": each["benefit"], "sex": each["sex"], **spread(each["share"])}


def _contributions(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for each in scenario["contributions"]:
            for measure, found in each["estimates"].items():
                yield {**head, "benefit": each["benefit"], "measure": measure, **spread(found)}


def _years(document: Document, say: Texts) -> Iterable[Row]:
    for head, scenario in _scenarios(document, say):
        for each in scenario["years"]:
            yield {**head, "year": each["year"], "share": each["share"], **spread(each["cost"])}


def _shocks(document: Document, say: Texts) -> Iterable[Row]:
    for each in document["shocks"]:
        head = {"law": each["key"], "name": say.of(each["names"])}
        for measure in ("lost", "given_back", "absorbed"):
            yield {**head, "measure": measure, **spread(each[measure]), **spread(None, "change_")}
        for measure, found in each["welfare"].items():
            yield {**head, "measure": measure, **spread(found), **spread(each["change"][measure], "change_")}


def _other_sources(document: Document, say: Texts) -> Iterable[Row]:
    for each in document["other_sources"]:
        published = each["published"] or {}
        yield {
            "benefit": each["benefit"],
            "name": say.of(each["names"]),
            **spread(each["survey"]["recipients"], "survey_recipients_"),
            **spread(each["survey"]["cost"], "survey_cost_"),
            **{f"published_{k}": published.get(k) for k in ("month", "recipients", "cost", "source", "confidence")},
        }


WRITERS: dict[str, Callable[[Document, Texts], Iterable[Row]]] = {
    "computability": _computability,
    "figures_to_check": _to_check,
    "spending": _spending,
    "welfare": _welfare,
    "incidence": _incidence,
    "reach": _reach,
    "targeting": _targeting,
    "paid_to": _paid_to,
    "contributions": _contributions,
    "years": _years,
    "shocks": _shocks,
    "other_sources": _other_sources,
}

__all__ = ["tables"]
