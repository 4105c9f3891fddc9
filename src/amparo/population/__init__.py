"""People in households as columns: tables, validation, readers, generators."""

from amparo.population.calibration import Calibrated, Margin, calibrate, calibrated, persons
from amparo.population.computability import Computability, Status, computability, generated, relations_read
from amparo.population.encoding import date_code, date_codes, date_of, decoded, encoded
from amparo.population.flat import read_parquet, write_parquet
from amparo.population.generator import random_population, synthetic
from amparo.population.mapping import Mapping
from amparo.population.mapping_file import load_mapping, read_mapping
from amparo.population.poverty import PovertyMethod
from amparo.population.readers import read
from amparo.population.states import carry_state, first_state
from amparo.population.streams import is_flat, stream
from amparo.population.table import NOBODY, OUTSIDE, UNKNOWN, Missing, Population
from amparo.population.validation import Finding, Report, validate

__all__ = [
    "NOBODY",
    "OUTSIDE",
    "UNKNOWN",
    "Calibrated",
    "Computability",
    "Finding",
    "Mapping",
    "Margin",
    "Missing",
    "Population",
    "PovertyMethod",
    "Report",
    "Status",
    "calibrate",
    "calibrated",
    "carry_state",
    "computability",
    "date_code",
    "date_codes",
    "date_of",
    "decoded",
    "encoded",
    "first_state",
    "generated",
    "is_flat",
    "load_mapping",
    "persons",
    "random_population",
    "read",
    "read_mapping",
    "read_parquet",
    "relations_read",
    "stream",
    "synthetic",
    "validate",
    "write_parquet",
]
