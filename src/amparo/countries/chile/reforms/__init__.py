"""Reforms of Chilean programmes, as values; each has a TOML form of the same name beside it."""

from amparo.countries.chile.pension_solidaria.reforms import pgu_for_everybody, universal_pgu
from amparo.countries.chile.suf.reforms import double_suf_under_six, doubled_subsidy

__all__ = ["double_suf_under_six", "doubled_subsidy", "pgu_for_everybody", "universal_pgu"]
