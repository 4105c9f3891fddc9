"""Schooling, work, pay, pensions, other income, health insurance."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scripts.chile_margins.surveys import C20, C22, Survey
from scripts.chile_margins.tables import Writer, band, quantiles, ranks, shares, tally

WORK_BANDS = np.array([15, 18, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80])
PAY_BANDS = np.array([15, 25, 35, 45, 55, 65])
PENSION_BANDS = np.array([60, 65, 70, 75, 80])
COARSE = np.array([0, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99, 100])
LEVELS = {
    "none": ["Nunca asistió", "Sala cuna", "Jardín Infantil (Medio menor y Medio mayor)",
             "Prekínder / Kínder (Transición menor y Transición Mayor)", "Educación Especial (Diferencial)"],
    "basic": ["Primaria o Preparatoria (Sistema antiguo)", "Educación Básica"],
    "secondary": ["Humanidades (Sistema Antiguo)", "Educación Media Científico-Humanista",
                  "Educación Media Técnica Profesional", "Técnica Comercial, Industrial o Normalista (Sistema "
                  "Antiguo)"],
    "some_higher": ["Técnico Nivel Superior Incompleto (Carreras 1 a 3 años)",
                    "Profesional Incompleto (Carreras 4 ó más años)"],
    "technical": ["Técnico Nivel Superior Completo (Carreras 1 a 3 años)"],
    "university": ["Profesional Completo (Carreras 4 ó más años)", "Postgrado Incompleto", "Postgrado Completo"],
}  # fmt: skip


def people(s20: Survey, s22: Survey, out: Path) -> None:
    """Schooling, work, pay, pensions, health insurance."""
    file = Writer()
    w, age, female = s20["expr"], s20["edad"], (s20["sex"] == "Mujer").astype(int)
    lut = {t: i for i, texts in enumerate(LEVELS.values()) for t in texts}
    level = np.array([lut[t] for t in s20["e6a"]])
    starts = np.array([0, 5, 8, 14, 18, 20, 25, 35, 45, 55, 65, 75])
    file.table(
        "schooling", C20, "level reached or attended, by sex (male, female) and age (band): weighted shares",
        levels=list(LEVELS), age_from=starts.tolist(),
        shares=shares(tally(w, (female, 2), (band(age, starts), len(starts)), (level, len(LEVELS)))),
    )  # fmt: skip
    rank = ranks(s20["ypc_con_arriendo_imputado"], w)
    kinds = ["FONASA", "ISAPRE", "Otro"]
    kind = np.array([kinds.index(t) if t in kinds else -1 for t in s20["prev_salud"]])
    file.table(
        "insurance", C20, "health insurance by tenth of total income per head, persons of 15 and over: weighted shares",
        kinds=["fonasa", "isapre", "other"], shares=shares(tally(w, (np.minimum(rank // 10, 9), 10), (kind, 3))),
    )  # fmt: skip
    w, age, female = s22["expr"], s22["edad"], s22["female"].astype(int)
    pay = np.nan_to_num(s22["ytrabajocor"])
    bands = band(age, WORK_BANDS)
    place = np.full(len(age), 0)
    place[s22.start] = np.where(s22.size == 1, 2, 1)
    keys = (place, 3), (female, 2), (bands, len(WORK_BANDS))
    working, every, sampled = tally(w * (pay > 0), *keys), tally(w, *keys), tally(np.ones(len(w)), *keys)
    overall = working.sum(axis=0) / every.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(sampled >= 30, working / every, overall)
    file.table(
        "work", C22, "share with income from work (ytrabajocor) by place in the household (other member, head with "
        "others, alone), sex (male, "
        "female) and age (band), weighted; the share of all places where under 30 are sampled",
        age_from=WORK_BANDS.tolist(), shares=np.round(share, 4),
    )  # fmt: skip
    table = [[quantiles(pay[m], w[m], COARSE) for a in range(len(PAY_BANDS))
              if (m := (pay > 0) & (female == f) & (band(age, PAY_BANDS) == a)).any()] for f in (0, 1)]  # fmt: skip
    file.table(
        "pay", C22, "quantiles of monthly income from work (ytrabajocor) of those who have one, by sex (male, "
        "female) and age (band)",
        age_from=PAY_BANDS.tolist(), percent=COARSE.tolist(), quantiles=table,
    )  # fmt: skip
    own = s22["ypchautcor"] * s22.size[s22.home] - s22["ytrabajocorh"]
    alone = (s22.size == 1)[s22.home]
    has_one, amounts = [], []
    for f in (0, 1):
        of = [(alone & (female == f) & (band(age, PENSION_BANDS) == a)) for a in range(len(PENSION_BANDS))]
        has_one.append([float(round(np.average(own[m] > 1000, weights=w[m]), 4)) for m in of])
        amounts.append([quantiles(own[m & (own > 1000)], w[m & (own > 1000)], COARSE) for m in of])
    file.table(
        "pensions", C22, "autonomous income other than from work of persons living alone, by sex (male, female) "
        "and age (band): share "
        "that has one, and its quantiles",
        age_from=PENSION_BANDS.tolist(), shares=has_one, percent=COARSE.tolist(), quantiles=amounts,
    )  # fmt: skip
    young = s22.sum(age >= 60) == 0
    other = own[s22.start]
    mine = young & (other > 1000)
    hw = w[s22.start]
    file.table(
        "other_income", C22, "autonomous income other than from work of households without anybody of 60 or over: "
        "share that has "
        "one, and its quantiles", share=float(round(np.average(other[young] > 1000, weights=hw[young]), 4)),
        percent=COARSE.tolist(), quantiles=quantiles(other[mine], hw[mine], COARSE),
    )  # fmt: skip
    file.save(out / "people.toml")
