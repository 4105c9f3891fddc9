"""The rules of style that only the register's pages need."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def style() -> str:
    """Return them: beside those of every page (`amparo.page.style`)."""
    return files("amparo.register").joinpath("register.css").read_text(encoding="utf-8")
