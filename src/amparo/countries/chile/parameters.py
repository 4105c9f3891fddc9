"""Figures that several Chilean programmes share."""

from amparo.countries.chile.entities import CLP
from amparo.expr import DERIVED, TO_BE_CHECKED, value
from amparo.expr import parameters as parameter

minimum_wage = parameter.money(
    "chile.minimum_wage",
    CLP,
    value(
        "2009-07-01", 165_000, "S52: the figure that Ley 20.255 uses for births before July 2009", until="2010-07-01"
    ),
    value("2014-07-01", 225_000, "CL-L20763: Ley 20.763, scribd.com/document/234356759"),
    value("2015-07-01", 241_000, "S41, CL-L20763: Ley 20.763"),
    value("2016-01-01", 250_000, "CL-L20763: Ley 20.763"),
    value("2016-07-01", None, "not in the domain files", note="the laws of July 2016 to 2022 were not transcribed"),
    value("2022-08-01", 400_000, "conta2000.cl, indicators of November 2022", DERIVED, note="read for November 2022"),
    value("2023-01-01", 410_000, "general knowledge", TO_BE_CHECKED),
    value("2023-05-01", 440_000, "asignacion_familiar/law.md: 460/440 of September 2023", DERIVED),
    value("2023-09-01", 460_000, "asignacion_familiar/law.md: 460/440 of September 2023", DERIVED),
    value("2024-07-01", 500_000, "S37: reference value of the calculator of June 2024", TO_BE_CHECKED),
    value("2025-05-01", 529_000, "CL-L21751: Ley 21.751; neo-control.cl, indicators of July 2025"),
    value("2026-01-01", 539_000, "CL-L21751: Ley 21.751"),
    value("2026-05-01", None, "not in the domain files", note="the law that follows Ley 21.751 was not found"),
    labels={"es": "Ingreso mínimo mensual", "pt": "Salário mínimo mensal", "en": "Monthly minimum wage"},
)
