"""Proving that a planted bug changes nothing: the law with it and the law without it give the same to everybody."""

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

from tests.mutation.fields import Field
from tests.mutation.mutants import Mutant
from tests.mutation.sampling import Shown

from amparo.errors import PolicyError
from amparo.execute.cases import Case, read_case
from amparo.execute.exact import Run
from amparo.execute.prove.goals import Question
from amparo.execute.prove.search import Outcome, at_size
from amparo.expr import Bool, Entity, Graph, Node, Op, Rule
from amparo.expr import types as t
from amparo.expr.node import node
from amparo.policy import Property, holds

KEY = "mutation.same"
MEMBERS = 4  # the least size to which any property of the house is proved


@dataclass(frozen=True)
class Proof:
    """How far equality is proved: to so many members, in a month; or the household for which it does not hold."""

    month: date
    members: int
    different: Shown | None = None


def proof(where: Field, mutant: Mutant, seconds: float) -> Proof:
    """Return the largest size, up to four, to which the law with the bug is proved to be the law.

    Args:
        seconds: the most that one size may take; what takes longer is not proved.
    """
    right, wrong = where.graph, mutant.planted(where.graph)
    pairs = [(n, wrong.outputs[k]) for k, n in right.outputs.items() if wrong.outputs[k] is not n]
    if not pairs:
        return Proof(where.edition.month, MEMBERS)
    same = reduce(lambda a, b: node(Op.AND, (a, b), t.BOOL, Entity.HOUSEHOLD), (_same(*p) for p in pairs))
    country = where.edition.country
    claim: Rule[Any, Bool] = Rule(KEY, country.household, Bool)
    asked = Property(key=KEY, names={"en": "same"}, states=holds(claim), on=(where.edition.month,), members=MEMBERS)
    law = replace(where.edition, graph=Graph({KEY: same}), benefits=(), findings=())
    posed = Question(asked, country, where.edition.month, law)
    for size in range(1, MEMBERS + 1):
        try:
            found = at_size(posed, size, seconds)
        except PolicyError:  # the prover says what it cannot state, such as a product of two unknowns
            return Proof(where.edition.month, size - 1)
        if found.outcome is Outcome.BROKEN and found.counterexample is not None:
            case = read_case(found.counterexample.case, country)
            return Proof(where.edition.month, size - 1, _shown(where, pairs, case))
        if found.outcome is not Outcome.PROVED:
            return Proof(where.edition.month, size - 1)
    return Proof(where.edition.month, MEMBERS)


def _shown(where: Field, pairs: list[tuple[Node, Node]], case: Case) -> Shown:
    for a, b in pairs:
        right, wrong = (Run(replace(where.edition, graph=Graph({"": n})), case).output(n) for n in (a, b))
        if right != wrong:
            return Shown(where.edition.month, case, a.attr.key, right, wrong)
    raise AssertionError(f"the prover's household {case} shows no difference")


def _same(a: Node, b: Node) -> Node:
    """Whether two outputs are the same for a household, all its members included."""
    equal = node(Op.EQ, (a, b), t.BOOL, a.entity)
    if a.entity is not Entity.PERSON:
        return equal
    apart = node(Op.ANY, (node(Op.NOT, (equal,), t.BOOL, Entity.PERSON),), t.BOOL, Entity.HOUSEHOLD)
    return node(Op.NOT, (apart,), t.BOOL, Entity.HOUSEHOLD)
