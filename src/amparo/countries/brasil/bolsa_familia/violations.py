"""Households that the real law treats against a property, and why it does."""

from amparo.policy import Violation

# what the recorded households have in common
PLAIN = {
    "age": 40,
    "disabled": False,
    "single": False,
    "siblings": 0,
    "pregnant": False,
    "nursing": False,
    "in_school": False,
    "earnings": 0,
    "pension": 0,
    "other_income": 0,
    "receives_bpc": False,
    "mother": None,
    "father": None,
    "step_parent": None,
    "partner": None,
}

ROUNDED_UP_TO_TWO = Violation(
    case={
        "household": {"cadunico": True},
        "defaults": PLAIN,
        "members": [{"id": "ana"}, {"id": "bia", "nursing": True}],
    },
    why={
        "es": "El beneficio de superación se redondea hacia arriba a dos reales: R$ 35 más de otro "
        "beneficio pueden quitarle R$ 36.",
        "pt": "O benefício de superação é arredondado para cima a dois reais: R$ 35 a mais de outro "
        "benefício podem tirar-lhe R$ 36.",
        "en": "The supplement against extreme poverty is rounded up to two reais: R$ 35 of another "
        "benefit can take R$ 36 from it.",
    },
    member="ana",
    to=True,
)

BPC_LOST = Violation(
    case={
        "household": {"cadunico": True},
        "defaults": PLAIN,
        "members": [{"id": "ana", "disabled": True, "earnings": 300}],
        "states": {
            "bolsa_familia.paid_in_full": True,
            "bolsa_familia.months_left": 0,
            "bolsa_familia.limit_of_2025": False,
        },
    },
    why={
        "es": "El BPC cuenta como ingreso: quien lo pierde por ganar más queda bajo la línea y recibe "
        "el Bolsa Família.",
        "pt": "O BPC conta como renda: quem o perde por ganhar mais fica abaixo da linha e recebe o Bolsa Família.",
        "en": "The BPC counts as income: who loses it by earning more falls below the line and receives Bolsa Família.",
    },
    member="ana",
    to=300,
)

FORMER_LINE = Violation(
    case={
        "household": {"cadunico": True},
        "defaults": PLAIN,
        "members": [
            {"id": "ana", "earnings": 308},
            {"id": "bia", "age": 10, "mother": "ana", "single": True},
        ],
    },
    why={
        "es": "Sobre R$ 154 por persona no se paga nada: el centavo que pasa la línea cuesta el "
        "beneficio variable entero.",
        "pt": "Acima de R$ 154 por pessoa nada se paga: o centavo que passa a linha custa o benefício "
        "variável inteiro.",
        "en": "Above R$ 154 a head nothing is paid: the centavo that crosses the line costs the whole "
        "variable benefit.",
    },
    member="ana",
    to="308.01",
)

LINE_WITHOUT_PROTECTION = Violation(
    case={
        "household": {"cadunico": True},
        "defaults": PLAIN,
        "members": [
            {"id": "ana", "earnings": 436},
            {"id": "bia", "age": 10, "mother": "ana", "single": True},
        ],
        "states": {
            "bolsa_familia.paid_in_full": False,
            "bolsa_familia.months_left": 0,
            "bolsa_familia.limit_of_2025": False,
        },
    },
    why={
        "es": "Sobre R$ 218 por persona, quien no venía cobrando no recibe nada: el centavo que pasa "
        "la línea cuesta el beneficio entero.",
        "pt": "Acima de R$ 218 por pessoa, quem não vinha recebendo nada recebe: o centavo que passa a "
        "linha custa o benefício inteiro.",
        "en": "Above R$ 218 a head, who was not paid before receives nothing: the centavo that crosses "
        "the line costs all of it.",
    },
    member="ana",
    to="436.01",
)

LINE_INTO_PROTECTION = Violation(
    case={
        "household": {"cadunico": True},
        "defaults": PLAIN,
        "members": [
            {"id": "ana", "earnings": 436},
            {"id": "bia", "age": 10, "mother": "ana", "single": True},
        ],
        "states": {
            "bolsa_familia.paid_in_full": True,
            "bolsa_familia.months_left": 0,
            "bolsa_familia.limit_of_2025": False,
        },
    },
    why={
        "es": "Sobre R$ 218 por persona la regla de protección paga la mitad: el centavo que pasa la "
        "línea cuesta la otra mitad.",
        "pt": "Acima de R$ 218 por pessoa a regra de proteção paga a metade: o centavo que passa a "
        "linha custa a outra metade.",
        "en": "Above R$ 218 a head the protection rule pays half: the centavo that crosses the line "
        "costs the other half.",
    },
    member="ana",
    to="436.01",
)

LIMIT_OF_PROTECTION = Violation(
    case={
        "household": {"cadunico": True},
        "defaults": PLAIN,
        "members": [
            {"id": "ana", "earnings": 1412},
            {"id": "bia", "age": 10, "mother": "ana", "single": True},
        ],
        "states": {
            "bolsa_familia.paid_in_full": False,
            "bolsa_familia.months_left": 5,
            "bolsa_familia.limit_of_2025": True,
        },
    },
    why={
        "es": "Sobre el límite de la protección (R$ 706 por persona) se sale en el acto: ese centavo "
        "cuesta la mitad que se pagaba.",
        "pt": "Acima do limite da proteção (R$ 706 por pessoa) sai-se na hora: esse centavo custa a "
        "metade que se pagava.",
        "en": "Above the limit of protection (R$ 706 a head) the family leaves at once: that centavo "
        "costs the half that was paid.",
    },
    member="ana",
    to="1412.01",
)
