"""Ages and sexes of the members given the head's."""

from __future__ import annotations

import numpy as np

from scripts.chile_margins.regions import HEAD_BANDS
from scripts.chile_margins.surveys import C20, C22, Survey
from scripts.chile_margins.tables import A, Writer, band, shares, tally

CHILD_BANDS = np.array([0, 1, 3, 5, 8, 10, 13, 15, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 60])
STAGES = np.array([0, 18, 25, 35])
FIVE = np.array([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85])


def write_ages(s20: Survey, s22: Survey, file: Writer) -> None:
    """Ages of the others given the head's (or the partner's), and who is female."""
    age, role, w = s20["edad"], s20["role"], s20["expr"]
    head_age = age[s20.start][s20.home]
    female = s20["sex"] == "Mujer"
    head_female = female[s20.start][s20.home]
    partner = role == "P"
    mate, kid = _nuclear(s22)
    gap22 = (s22["edad"] - s22["edad"][s22.start][s22.home]).clip(-20, 20).astype(int) + 20
    head22 = s22["female"][s22.start][s22.home]
    of_head = band(s22["edad"][s22.start][s22.home], HEAD_BANDS)
    rows = shares(tally(s22["expr"] * mate, (head22.astype(int), 2), (of_head, 7), (gap22, 41)))
    same = partner & (female == head_female)
    married = (s20["ecivil"] == 1) & (role == "H") & np.isin(s20.home, s20.home[partner])
    bands = (band(age, HEAD_BANDS), 7)
    couple = (role == "H") & np.isin(s20.home, s20.home[partner])
    file.table(
        "partners", C20 + "; gaps: " + C22, "age of the partner minus that of the head (-20 to 20) by sex of the "
        "head (male, female), "
        "in nuclear households the adult nearest in age to the head; share of couples of one sex; share of couples "
        "that are married, by age of the head",
        gap=rows, same_sex=float(round(w[same].sum() / w[partner].sum(), 4)),
        head_age_from=HEAD_BANDS.tolist(),
        married=np.round(tally(w * married, bands) / tally(w * couple, bands), 3),
    )  # fmt: skip
    fine = np.array([0, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80])
    kind = np.where(s22["tipohogar"] == "Nuclear Biparental", 0, 1)
    third = np.zeros(len(s20.start), bool)
    third[s20.home[np.isin(role, ["G", "L"])]] = True
    child = np.isin(role, ["C", "K", "S"]) & third[s20.home]
    lengths = (band(_younger(s22, mate), fine), len(fine)), (band(s22["edad"], CHILD_BANDS), len(CHILD_BANDS))
    late = (band(_younger(s20, partner), fine), len(fine)), (band(age, CHILD_BANDS), len(CHILD_BANDS))
    tables = [tally(s22["expr"] * (kid & (kind == k)), *lengths) for k in (0, 1)] + [tally(w * child, *late)]
    file.table(
        "children", C22 + "; the third kind: " + C20,
        "age of children (band) given that of the younger of head and partner (band): weighted shares in nuclear "
        "households of two parents (everybody but head and the adult nearest in age), of one parent, and in households "
        "with a grandchild or child-in-law; age within the band is uniform",
        head_age_from=fine.tolist(), age_from=CHILD_BANDS.tolist(), last_age=70, shares=shares(np.array(tables)),
    )  # fmt: skip
    for key, roles in {"grandchildren": "G", "relatives": "R", "others": "N"}.items():
        mine = np.isin(role, list(roles))
        file.table(
            key, C20, "age (five-year band) given the head's age (band): weighted shares",
            head_age_from=HEAD_BANDS.tolist(), age_from=FIVE.tolist(), last_age=99,
            shares=shares(tally(w * mine, (band(head_age, HEAD_BANDS), 7), (band(age, FIVE), len(FIVE)))),
        )  # fmt: skip
    gaps = {}
    for key, r, sign in (("parent", "M", 1), ("sibling", "B", 1), ("child_in_law", "L", -1), ("parent_in_law", "W", 1)):
        d = sign * (age - head_age)[role == r]
        mean = np.average(d, weights=w[role == r])
        gaps[key] = [float(round(mean, 1)), float(round(np.sqrt(np.average((d - mean) ** 2, weights=w[role == r])), 1))]
    file.table(
        "gaps",
        C20,
        "years between the head and a parent, a sibling, a child-in-law, a parent-in-law: mean and deviation",
        **gaps,
    )
    stage, stage22 = band(age, STAGES), band(s22["edad"], STAGES)
    kids = [float(round(np.average(s22["female"][m], weights=s22["expr"][m]), 3))
            for g in range(len(STAGES)) for m in [kid & (stage22 == g)]]  # fmt: skip
    pair = {
        r: [float(round(np.average(female[m], weights=w[m]), 3)) if m.sum() >= 30 else 0.5
            for g in range(len(STAGES)) for m in [(role == r) & (stage == g)]]
        for r in "LGMWBRN"
    }  # fmt: skip
    third_kids = [float(round(np.average(female[m], weights=w[m]), 3))
                  for g in range(len(STAGES)) for m in [child & (stage == g)]]  # fmt: skip
    file.table(
        "women", C20 + "; children: " + C22, "weighted share of women by role and age (band); of "
        "children in nuclear households, and (third) in those with a grandchild or child-in-law",
        age_from=STAGES.tolist(), **dict.fromkeys("CKS", kids), third=third_kids, **pair,
    )  # fmt: skip
    g = (role == "G") & (age < 18)
    mother, father = _at_home(s20, g)
    file.table(
        "parents_of_grandchildren", C20, "weighted share of grandchildren under 18 whose mother, or father, lives "
        "in the household",
        mother=mother, father=father,
    )  # fmt: skip


def _younger(s: Survey, partner: A) -> A:
    """Return the age of the head or of the partner, whoever is younger, as every member sees it."""
    age = s["edad"][s.start].copy()
    mates = np.flatnonzero(partner)
    age[s.home[mates]] = np.minimum(age[s.home[mates]], s["edad"][mates])
    return age[s.home]


def _nuclear(s: Survey) -> tuple[A, A]:
    """Return the partners and the children of nuclear households of 2022, which names no kin.

    A partner is the adult nearest in age to the head; whoever else lives there is a child.
    """
    kind = s["tipohogar"]
    away = np.abs(s["edad"] - s["edad"][s.start][s.home]) + 1000 * (s["edad"] < 18)
    head = np.zeros(len(kind), bool)
    head[s.start] = True
    away[head] = 10_000
    order = np.lexsort((away, s.home))
    partner = np.zeros(len(kind), bool)
    partner[order[s.start]] = True
    partner &= (kind == "Nuclear Biparental") & (away < 1000)
    child = np.char.startswith(kind, "Nuclear") & ~head & ~partner
    return partner, child


def _at_home(s: Survey, mine: A) -> tuple[float, float]:
    """Return the shares whose mother and father are found among the household's members by the pointers."""
    key = s["folio"] * 10000 + s["id_persona"]
    order = np.argsort(key)
    female = s["sex"] == "Mujer"
    found = {True: np.zeros(len(key), bool), False: np.zeros(len(key), bool)}
    for column in ("h5_1", "h5_2"):
        aim = s["folio"] * 10000 + np.nan_to_num(s[column])
        place = np.minimum(np.searchsorted(key, aim, sorter=order), len(key) - 1)
        row = order[place]
        hit = (key[row] == aim) & (np.nan_to_num(s[column]) > 0)
        for f in (True, False):
            found[f] |= hit & (female[row] == f)
    w = s["expr"][mine]
    return tuple(float(round(np.average(found[f][mine], weights=w), 3)) for f in (True, False))  # type: ignore[return-value]
