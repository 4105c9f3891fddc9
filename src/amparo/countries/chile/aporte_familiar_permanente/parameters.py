"""Figures of the Aporte Familiar Permanente: one amount a year."""

from amparo.countries.chile.entities import CLP
from amparo.expr import TO_BE_CHECKED, Timing, value
from amparo.expr import parameters as parameter

S46 = "S46: latercera.com and SUSESO, 2025; portaltrabajo.cl"
REDGOL = "redgol.cl 16-Mar-2022; chile.as.com, November 2022"
NEXT = "raised every February with the prices of the year before; not yet known"

amount = parameter.money(
    "aporte_familiar_permanente.amount",
    CLP,
    value("2014-03-01", 40_000, "general knowledge (chile.md D.4)", TO_BE_CHECKED),
    value("2015-02-01", 41_236, "CL-AFP15 (six_countries.yaml, verified; chile.md D.4 has it as general knowledge)"),
    value("2016-02-01", 43_042, "S46: carolina.cl 20-Jan-2016"),
    value("2017-02-01", None, S46, note="the amounts of 2017 to 2020 were not found"),
    value("2021-02-01", 49_183, "elcontraste.cl ?p=38129, on the payment of 2021"),
    value("2022-02-01", 52_710, REDGOL),
    value("2023-02-01", 59_452, "S46; redgol.cl 16-Feb-2023"),
    value("2024-02-01", 61_793, S46),
    value("2025-02-01", 64_574, f"{S46}; CL-AFP25"),
    value("2026-02-01", 66_834, "adnradio.cl 24-Jan-2026; textual.cl 8-Feb-2026 quotes SUSESO"),
    value("2027-02-01", None, S46, note=NEXT),
    timing=Timing.ANNUAL,
    labels={"es": "Monto del año", "pt": "Valor do ano", "en": "Amount of the year"},
)
extraordinary = parameter.money(
    "aporte_familiar_permanente.extraordinary",
    CLP,
    value("2014-03-01", 0, "no extraordinary payment was reported"),
    value(
        "2023-02-01",
        60_000,
        "S46; redgol.cl 16-Feb-2023: a second payment that makes about 120,000 with the first",
        TO_BE_CHECKED,
        note="that it is paid once for each amount is read from 'the amounts are doubled'",
    ),
    value("2024-02-01", 0, "no extraordinary payment was reported"),
    timing=Timing.ANNUAL,
    labels={"es": "Aporte extraordinario del año", "pt": "Aporte extraordinário do ano", "en": "Extraordinary payment"},
)
