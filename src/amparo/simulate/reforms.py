"""Reforms as files: figures of the law by key, provisions by the rule that replaces them.

[names]
es = "SUF doble antes de los seis años"
pt = "…"
en = "…"
[parameters]
"suf.amount" = 30000
[rules]
"suf.subsidy" = "amparo.countries.chile.reforms:doubled_subsidy"
"""

from __future__ import annotations

import importlib
import re
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from amparo.errors import AmparoError, PolicyError, nearest
from amparo.expr import Op, Parameter, Rule
from amparo.expr.arithmetic import exact_number
from amparo.policy import Change, Country, ParameterChange, Reform, replaced
from amparo.simulate.assumptions.stated import read_stated

GROUPED = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # 30.000: thirty thousand, or thirty


def read_reform(path: Path, country: Country, on: date) -> Reform:
    """Read a reform from its TOML file, or from one that the country ships, by name.

    Raises:
        PolicyError: no such file or no TOML; a figure or provision that no law in force reads (with the
            nearest); a rule that cannot be imported or has another entity or type.
    """
    shipped = shipped_reforms(country)
    with as_file(shipped[str(path)]) if str(path) in shipped else nullcontext(path) as file:
        raw = read_stated(file, "reform", ("parameters", "rules"), Decimal)
    edition = country.on(on)
    figures = {p.key: p for p in edition.parameters}
    rules: dict[str, Rule[Any, Any]] = {
        v.key: v.rule for v in edition.graph.attributes(Op.PROVISION) if hasattr(v, "rule")
    }
    changes: list[Change] = [_figure(path, k, v, figures) for k, v in raw.get("parameters", {}).items()]
    changes += [_rule(path, k, v, rules) for k, v in raw.get("rules", {}).items()]
    if not changes:
        raise PolicyError(f"{path} changes nothing: add a figure under [parameters] or a rule under [rules].")
    return Reform(raw["names"], tuple(changes))


def shipped_reforms(country: Country) -> dict[str, Traversable]:
    """Return the reforms that a country's package holds, by name."""
    folder = country.folder.joinpath("reforms")
    if not folder.is_dir():
        return {}
    return {f.name.removesuffix(".toml"): f for f in folder.iterdir() if f.name.endswith(".toml")}


def _figure(path: Path, key: str, value: Any, known: dict[str, Parameter]) -> ParameterChange:
    if key not in known:
        raise PolicyError(f"{path}: no rule in force reads the figure '{key}'.{nearest(key, known)}")
    figure = exact_number(value) if isinstance(value, (int, Decimal, str)) and not isinstance(value, bool) else None
    if figure is None:
        shown = value if isinstance(value, Decimal) else repr(value)
        raise PolicyError(f"{path}: {key} = {shown} is no number; write the figure alone, in {known[key].type}.")
    currency = known[key].type.currency
    if currency and currency.decimals == 0 and GROUPED.fullmatch(str(value)):
        raise PolicyError(f"{path}: {key} = {value} may mean thousands; write the figure without separators.")
    return ParameterChange(known[key], figure)


def _rule(path: Path, key: str, target: Any, known: dict[str, Rule[Any, Any]]) -> Change:
    if key not in known:
        raise PolicyError(f"{path}: no provision in force is called '{key}'.{nearest(key, known)}")
    module, _, name = str(target).partition(":")
    try:
        by = getattr(importlib.import_module(module), name)
    except AmparoError:
        raise
    except Exception as problem:  # noqa: BLE001 - the module is the user's, and may fail in any way
        raise PolicyError(f"{path}: '{target}' cannot be imported ({problem}); write package.module:rule.") from None
    if not isinstance(by, Rule):
        raise PolicyError(f"{path}: '{target}' is no rule; write it with @rule.")
    return replaced(known[key], by=by)
