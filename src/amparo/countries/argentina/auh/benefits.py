"""What is paid, to whom, and when: the eighty per cent, the twenty per cent, and its release."""

from amparo.countries.argentina.auh import rules
from amparo.expr import Timing
from amparo.policy import Benefit, Role

CHILD = Role({"es": "hijo o hija", "pt": "filho ou filha", "en": "child"}, rules.entitled_child)
CLAIMANT = Role(
    {"es": "titular: primero la madre", "pt": "titular: primeiro a mãe", "en": "claimant: the mother first"},
    rules.claimant,
)
PREGNANT = Role({"es": "persona embarazada", "pt": "pessoa grávida", "en": "pregnant person"}, rules.entitled_pregnancy)

auh_paid = Benefit(
    key="auh_paid",
    names={
        "es": "Asignación Universal por Hijo, 80 % mensual",
        "pt": "Asignación Universal por Hijo, 80 % mensais",
        "en": "Universal Child Allowance (AUH), 80% paid monthly",
    },
    amount=rules.paid,
    originator=CHILD,
    holder=CLAIMANT,
    payee=CLAIMANT,
)
auh_retained = Benefit(
    key="auh_retained",
    names={
        "es": "Asignación Universal por Hijo, 20 % retenido",
        "pt": "Asignación Universal por Hijo, 20 % retidos",
        "en": "Universal Child Allowance (AUH), 20% kept back",
    },
    amount=rules.retained,
    originator=CHILD,
    holder=CLAIMANT,
    payee=CLAIMANT,
    timing=Timing.ACCRUED,
)
auh_released = Benefit(
    key="auh_released",
    names={
        "es": "Asignación Universal por Hijo, retenido que se paga con la Libreta",
        "pt": "Asignación Universal por Hijo, retido que se paga com a caderneta",
        "en": "Universal Child Allowance (AUH), kept-back part paid with the Libreta",
    },
    amount=rules.released,
    originator=CHILD,
    holder=CLAIMANT,
    payee=CLAIMANT,
    timing=Timing.ANNUAL,
)
aue_paid = Benefit(
    key="aue_paid",
    names={
        "es": "Asignación por Embarazo, 80 % mensual",
        "pt": "Asignación por Embarazo, 80 % mensais",
        "en": "Pregnancy Allowance (AUE), 80% paid monthly",
    },
    amount=rules.pregnancy_paid,
    originator=PREGNANT,
    holder=PREGNANT,
    payee=PREGNANT,
)
aue_retained = Benefit(
    key="aue_retained",
    names={
        "es": "Asignación por Embarazo, 20 % retenido",
        "pt": "Asignación por Embarazo, 20 % retidos",
        "en": "Pregnancy Allowance (AUE), 20% kept back",
    },
    amount=rules.pregnancy_retained,
    originator=PREGNANT,
    holder=PREGNANT,
    payee=PREGNANT,
    timing=Timing.ACCRUED,
)
aue_released = Benefit(
    key="aue_released",
    names={
        "es": "Asignación por Embarazo, retenido que se paga con el nacimiento",
        "pt": "Asignación por Embarazo, retido que se paga com o nascimento",
        "en": "Pregnancy Allowance (AUE), kept-back part paid at the birth",
    },
    amount=rules.pregnancy_released,
    originator=PREGNANT,
    holder=PREGNANT,
    payee=PREGNANT,
)
