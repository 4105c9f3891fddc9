"""People in households as columns: tables, validation, readers, generators."""

from amparo.population.encoding import date_code, date_codes, date_of, decoded, encoded
from amparo.population.table import NOBODY, OUTSIDE, UNKNOWN, Missing, Population

__all__ = [
    "NOBODY",
    "OUTSIDE",
    "UNKNOWN",
    "Missing",
    "Population",
    "date_code",
    "date_codes",
    "date_of",
    "decoded",
    "encoded",
]
