"""What holds for every programme of every country that the entry point `amparo.countries` offers."""

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import pytest

from amparo.errors import AmparoError
from amparo.execute.check import Outputs, Result, exactly, run_cases, run_entries
from amparo.execute.cases import Case
from amparo.execute.exact import decide
from amparo.execute.examples import Entry, read_entries
from amparo.execute.values import Unknown
from amparo.expr import Confidence, Expr, Graph, Op, Parameter, Rule, trace
from amparo.expr.rules import RuleVersion
from amparo.policy import LANGUAGES, Country, Edition, Exclusion, Programme, Role, countries

ALL = [(c, p) for c in countries().values() for p in c.programmes]
each_programme = pytest.mark.parametrize(
    ("country", "programme"), ALL, ids=[f"{c.key}/{p.key}" for c, p in ALL]
)
each_country = pytest.mark.parametrize("country", countries().values(), ids=str(list(countries())).strip("[]").split)
