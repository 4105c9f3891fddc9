"""What a programme guarantees to every possible household, as declarations for the prover.

A property is one line of statement with names, months and a size:

    Property(
        key="suf.never_both",
        names={"es": …, "pt": …, "en": …},
        states=no_overlap(family_allowance, family_subsidy),
        on=(date(2025, 10, 1),),
    )

Three shapes are enough. A statement about *one household* is a rule that must be yes (`holds`, `at_least`, `at_most`,
`no_overlap`, `no_gap`, `everyone_in`, `same_as`). A statement about *one input that moves* compares a household with
itself (`monotone_in`, `no_cliff`, `marginal_rate_at_most`). A statement about *a reform* compares two laws
(`nobody_loses`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, reduce
from itertools import combinations
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from amparo.errors import PolicyError
from amparo.expr import Bool, Entity, Kind, Rule
from amparo.expr.entities import Input
from amparo.expr.node import place_of_caller
from amparo.expr.rules import Citation, RuleVersion
from amparo.policy.benefits import Benefit, Finding, Names

if TYPE_CHECKING:
    from amparo.policy.programmes import Reform

Subject = Benefit | Finding
LEAST_SIZE, USUAL_SIZE = 4, 6  # members up to which a property is proved: at the least, and unless it says otherwise


@dataclass(frozen=True, eq=False)
class Statement:
    """What is said. Build with `holds`, `at_least`, `monotone_in`, `no_cliff`…; never by hand.

    Attributes:
        kind: name of the constructor.
        entity: household or person class of `body`.
        body: for one household or person, what must be yes.
        claim: the rule that declares it, when the country wrote one.
        subjects: the benefits and findings about which it speaks.
        moves: the input that moves.
        rises: for `monotone_in`, whether the subject rises with the input.
        step: by how much the input moves; None for any amount.
        bound: figure of `no_cliff` (most that may be lost), `marginal_rate_at_most` (rate).
        reform: for `nobody_loses`.
    """

    kind: str
    entity: Any = None
    body: Callable[[Any], Any] | None = None
    claim: Rule[Any, Bool] | None = None
    subjects: tuple[Subject, ...] = ()
    moves: Any = None  # an Input; typed so, the checker would take it for a descriptor of this class
    rises: bool = True
    step: Fraction | None = None
    bound: Fraction = Fraction(0)
    reform: Reform | None = None


def rule_of(subject: Subject | Rule[Any, Any]) -> Rule[Any, Any]:
    """Return the rule that gives a benefit's amount or a finding's value."""
    if isinstance(subject, Benefit):
        return subject.amount
    return subject.value if isinstance(subject, Finding) else subject


def holds(claim: Rule[Any, Bool]) -> Statement:
    """Return the statement that a rule is yes, for every household or person."""
    return Statement("holds", claim.entity, claim, claim)


def at_least(floor: Any, of: Subject, *, among: Rule[Any, Bool]) -> Statement:
    """Return the statement that everyone among whom a rule is yes receives at least a figure of the law."""
    paid = rule_of(of)

    def body(view: Any) -> Any:
        return _seen(among, view).implies(paid(view) >= _figure(floor, view))

    return Statement("at_least", paid.entity, body, subjects=(of,))


def at_most(ceiling: Any, of: Subject) -> Statement:
    """Return the statement that nobody receives more than a figure of the law."""
    paid = rule_of(of)
    return Statement("at_most", paid.entity, lambda v: paid(v) <= _figure(ceiling, v), subjects=(of,))


def no_overlap(*subjects: Subject) -> Statement:
    """Return the statement that no two of some benefits are paid for one person (or one household)."""
    rules = [rule_of(s) for s in subjects]
    entity = _one_entity(rules)

    def body(view: Any) -> Any:
        apart = [~((one(view) > 0) & (other(view) > 0)) for one, other in combinations(rules, 2)]
        return reduce(and_, apart)

    return Statement("no_overlap", entity, body, subjects=subjects)


def no_gap(*subjects: Subject, among: Rule[Any, Bool]) -> Statement:
    """Return the statement that everyone among whom a rule is yes receives at least one of some benefits."""
    rules = [rule_of(s) for s in subjects]
    entity = _one_entity(rules)

    def body(view: Any) -> Any:
        return _seen(among, view).implies(reduce(or_, [paid(view) > 0 for paid in rules]))

    return Statement("no_gap", entity, body, subjects=subjects)


def everyone_in(who: Rule[Any, Bool] | Subject, *, receives: Subject | Rule[Any, Bool]) -> Statement:
    """Return the statement that who is in a situation, or receives one benefit, receives another (or is in another)."""
    paid, inside = rule_of(receives), rule_of(who)

    def yes(found: Any) -> Any:
        return found if isinstance(found, Bool) else found > 0

    def body(view: Any) -> Any:
        return yes(_seen(inside, view)).implies(yes(paid(view)))

    return Statement("everyone_in", paid.entity, body, subjects=_subjects(who, receives))


def _subjects(*several: Subject | Rule[Any, Any]) -> tuple[Subject, ...]:
    return tuple(s for s in several if not isinstance(s, Rule))


def same_as(other: Rule[Any, Any], of: Subject | Rule[Any, Any]) -> Statement:
    """Return the statement that two texts give the same to everybody."""
    one = rule_of(of)
    if one.entity is not other.entity or one.symbol is not other.symbol:
        raise PolicyError(f"{one.key} and {other.key} can be the same only if entity and type are.")
    return Statement("same_as", one.entity, lambda v: one(v) == other(v), subjects=_subjects(of))


def monotone_in(moves: Input[Any], of: Subject, *, rises: bool = True) -> Statement:
    """Return the statement that the household's total never falls (or, `rises=False`, never rises) with an input.

    Raises:
        PolicyError: the input has no higher and lower, such as a date or a category.
    """
    if not moves.type.numeric and moves.type.kind is not Kind.BOOL:
        raise PolicyError(f"{moves.key} is {moves.type}: only a number, or a yes, can rise.")
    return Statement("monotone_in", subjects=(of,), moves=moves, rises=rises)


def no_cliff(moves: Input[Any], of: Subject, *, above: Fraction | int | str) -> Statement:
    """Return the statement that one more cent, peso or year of an input never costs more than `above` of a benefit."""
    return Statement("no_cliff", subjects=(of,), moves=moves, step=unit_of(moves), bound=Fraction(above))


def marginal_rate_at_most(
    rate: Fraction | int | str, moves: Input[Any], *of: Subject, step: Fraction | int | str
) -> Statement:
    """Return the statement that a step of an input never costs more than a share of it.

    What benefits lose and charges (`Finding(charge=True)`) gain, together, is at most `rate` times the step.
    """
    if moves.type.kind is not Kind.MONEY:
        raise PolicyError(f"a marginal rate is of money: {moves.key} is {moves.type}.")
    return Statement("marginal_rate_at_most", subjects=of, moves=moves, step=Fraction(step), bound=Fraction(rate))


def nobody_loses(reform: Reform, *of: Subject) -> Statement:
    """Return the statement that no household's total of some benefits (all, if none is named) falls by a reform."""
    return Statement("nobody_loses", subjects=of, reform=reform)


def unit_of(moves: Input[Any]) -> Fraction:
    """Return the smallest step of an input: one cent, one peso, one year, one month.

    Raises:
        PolicyError: the input has no smallest step.
    """
    if moves.type.kind not in (Kind.MONEY, Kind.COUNT, Kind.MONTHS):
        raise PolicyError(f"{moves.key} is {moves.type}: it has no smallest step.")
    return moves.type.unit


def _figure(stated: Any, view: Any) -> Any:
    """Return a figure of the law as it is, and a rule's value for whom it is asked."""
    return _seen(stated, view) if isinstance(stated, Rule) else stated


def _one_entity(rules: list[Rule[Any, Any]]) -> Any:
    if len({r.entity for r in rules}) != 1:
        raise PolicyError(f"{', '.join(r.key for r in rules)} must all be of persons, or all of households.")
    return rules[0].entity


def _seen(inside: Rule[Any, Any], view: Any) -> Any:
    """Return a rule of the household as its members see it, and any other as it is."""
    shared = inside.entity.entity is Entity.HOUSEHOLD and view.entity is Entity.PERSON
    return inside(view.household if shared else view)


@dataclass(frozen=True, eq=False)
class Violation:
    """A household that the real law treats against the property, and why the law does so.

    Attributes:
        case: the household, in the form that `amparo decide` reads.
        why: what in the law causes it, in three languages.
        member: for a statement about an input that moves, the id of the member whose input moves; "" for the
            household's own.
        to: the value to which the input moves.
    """

    case: Mapping[str, Any]
    why: Names
    member: str = ""
    to: Any = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Property:
    """What must hold for every possible household, declared for the prover.

    Args:
        key: programme.name, unique in the country.
        names: one sentence in each language.
        states: the statement.
        on: the months of law for which it is proved: one for each regime or text that matters.
        members: the largest household for which it is proved.
        given: a rule that says for which households (or persons' households) it is meant; None for all.
        violation: the household by which the real law breaks it: then it is not proved but shown, and checked to be
            broken still.
    """

    key: str
    names: Names
    states: Statement
    on: tuple[date, ...]
    members: int = USUAL_SIZE
    given: Rule[Any, Bool] | None = None
    violation: Violation | None = None

    def __post_init__(self) -> None:
        if not self.on:
            raise PolicyError(f"property {self.key} names no month: write on=(date(2025, 10, 1),).")
        if self.members < LEAST_SIZE:
            raise PolicyError(f"property {self.key} is proved to {self.members} members; the least is {LEAST_SIZE}.")

    @property
    def claim(self) -> Rule[Any, Bool] | None:
        """The rule by which a country declares the property; None when a constructor builds it."""
        return self.states.claim

    @cached_property
    def rule(self) -> Rule[Any, Bool] | None:
        """What must be yes for one household or person; None for a statement that compares two of them."""
        states = self.states
        if states.claim is not None or states.body is None:
            return states.claim
        made: Rule[Any, Bool] = Rule(self.key, states.entity, Bool)
        body, meaning = states.body, self.names["en"]

        def text(view: Any) -> Any:
            return body(view)

        text.__doc__ = meaning
        made.add(RuleVersion(made, text, Citation("Property", states.kind), None, None, place_of_caller()))
        return made
