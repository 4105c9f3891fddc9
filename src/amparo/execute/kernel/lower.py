"""From the graph to loops: every number as numerator / (denominator · 10^scale), so that whole numbers stay whole.

`a / b < c` becomes a comparison of whole products; an amount in reais is a whole number of centavos. What cannot
stay whole (a sum of quotients) becomes an ordinary float with a bounded error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from amparo.errors import TypeMismatchError
from amparo.execute.kernel.program import Column, Program
from amparo.expr import Entity, Kind, Node, Op, Parameter
from amparo.expr.node import AGGREGATES
from amparo.expr.symbols import POWER_DECIMALS, POWER_LIMIT, Rounding, power_table
from amparo.expr.types import Type

CONE = 40  # nodes computed in one loop before an intermediate value gets an array of its own
DEGREE = 2  # factors in a denominator before the quotient is taken in float


@dataclass(frozen=True, slots=True)
class Ratio:
    """A lowered number: numerator and denominator instructions, decimal scale, factors in the denominator."""

    num: int
    den: int | None = None
    scale: int = 0
    degree: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """How a stored value looks: its scale, and whether a denominator is stored beside it."""

    scale: int
    quotient: bool


@dataclass(frozen=True)
class Table:
    """The shared table of powers, as whole numbers."""

    key: str
    values: tuple[int, ...]

    @property
    def low(self) -> float:
        """Smallest entry."""
        return float(min(self.values))

    @property
    def high(self) -> float:
        """Largest entry."""
        return float(max(self.values))


@dataclass(frozen=True, slots=True)
class Fold:
    """How a loop brings the values of persons or pairs together: sum, any, largest or smallest.

    `where` is the condition for being counted, `nobody` the value over no one: instructions of the loop's program.
    """

    op: str
    where: int | None = None
    nobody: int | None = None


@dataclass
class Loop:
    """One generated function: a loop over households, persons, persons into households, or pairs."""

    shape: str  # household, person, fold, pair
    program: Program
    stores: list[tuple[Column, int]] = field(default_factory=list)
    fold: Fold | None = None  # of folds and pairs
    doubts: list[tuple[int, str]] = field(default_factory=list)  # (instruction, how)


def date_code(day: date) -> int:
    """Return the number by which columns hold a day: it orders days and keeps months and days apart."""
    return day.year * 372 + (day.month - 1) * 31 + day.day - 1


def decimals(value: Fraction) -> int | None:
    """Return how many decimals write a number exactly, or None."""
    denominator, places = value.denominator, 0
    while denominator % 10 == 0:
        denominator, places = denominator // 10, places + 1
    while denominator % 5 == 0:
        denominator, places = denominator // 5, places + 1
    twos = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    if denominator != 1:
        return None
    # a further factor of two or five needs one more decimal each, but at least what both need together
    exponent = 0
    while (value * 10**exponent).denominator != 1:
        exponent += 1
    return exponent


def parameter_scale(parameter: Parameter) -> int:
    """Return the decimals with which a figure is held: those of the law's values.

    A reform's finer figure carries a bounded error, and rows near a threshold are decided exactly.
    """
    base = parameter.type.currency.decimals if parameter.type.currency else 0
    needed = [decimals(v.value) for v in parameter.values if v.value is not None]
    return max([base, *(min(d, 8) if d is not None else 8 for d in needed)])


def input_scale(type_: Type) -> int:
    """Return the decimals of an input's column: money is held in its smallest unit."""
    return type_.currency.decimals if type_.currency else 0


def stored_columns(n: Node, form: Form) -> list[Column]:
    """Return the arrays of a stored value."""
    entity = n.entity.value
    if not n.type.numeric and n.type.kind is Kind.BOOL:
        return [Column("flag", n.digest[:24], entity, "b")]
    found = [Column("num", n.digest[:24], entity, "f")]
    return found + [Column("den", n.digest[:24], entity, "f")] * form.quotient


class Plan:
    """The loops that compute some nodes, in order, and the arrays between them.

    Args:
        roots: nodes to compute.
        given: nodes whose arrays are supplied, with their forms (a resident part of the graph).
    """

    def __init__(self, roots: Iterable[Node], given: dict[Node, Form] | None = None) -> None:
        self.roots = list(dict.fromkeys(roots))
        self.given = dict(given or {})
        self.forms: dict[Node, Form] = dict(self.given)
        self.loops: list[Loop] = []
        self.order = self._below()
        self.stored = self._choose_stored()
        for n in self.order:
            if n in self.stored and n not in self.given:
                self.loops.append(_lowered(self, n))

    def _below(self) -> list[Node]:
        seen: set[Node] = set()
        order = []
        for n in topological_until(self.roots, self.given):
            if n not in seen:
                seen.add(n)
                order.append(n)
        return order

    def _choose_stored(self) -> set[Node]:
        """Store roots, provisions, aggregates, what other entities read, and what grows too large."""
        stored = {n for n in self.roots if n.entity is not Entity.SCALAR} | set(self.given)
        for n in self.order:
            if n in self.given:
                continue
            if (n.op is Op.PROVISION or n.op in AGGREGATES) and n.entity is not Entity.PAIR:
                stored.add(n)
            if n.op in (Op.SPREAD, Op.GATHER, Op.SELF, Op.OTHER):
                stored |= {a for a in n.args[:1] if a.op not in (Op.INPUT, Op.STATE) and a.entity is not Entity.SCALAR}
        size: dict[Node, int] = {}
        users: dict[Node, int] = {}
        for n in self.order:
            if n in self.given:  # what it is made of is not looked at
                continue
            below = 0
            for a in n.args:
                below += 1 if a in stored or not a.args else size[a]
                users[a] = users.get(a, 0) + 1
            size[n] = 1 + below
            if n.entity in (Entity.PAIR, Entity.SCALAR) or not n.args or n.op in (Op.SPREAD, Op.SELF, Op.OTHER):
                continue
            if size[n] > CONE:
                stored.add(n)
            if n.op in AGGREGATES and n.entity is Entity.HOUSEHOLD:
                stored |= {a for a in n.args[:1] if a.entity is Entity.PERSON and size[a] > 4 and a.op is not Op.SPREAD}
        return stored


def topological_until(roots: Iterable[Node], given: Iterable[Node]) -> list[Node]:
    """Return the nodes below the roots, not looking below what is given."""
    stop = set(given)
    order: list[Node] = []
    state: dict[Node, bool] = {}
    stack = [(n, False) for n in reversed(list(roots))]
    while stack:
        n, done = stack.pop()
        if done:
            order.append(n)
        elif n not in state:
            state[n] = True
            stack.append((n, True))
            if n not in stop:
                stack.extend((a, False) for a in reversed(n.args) if a not in state)
    return order


def _lowered(plan: Plan, n: Node) -> Loop:
    """Return the loop that computes and stores one node."""
    shape = n.entity.value
    if n.op in AGGREGATES and not _size_of_household(n):
        shape = "pair" if n.entity is Entity.PERSON else "fold"
    low = _Lowering(plan, shape)
    loop = low.loop
    if shape in ("pair", "fold"):
        _lower_aggregate(low, n)
    elif n.type.kind is Kind.BOOL:
        plan.forms[n] = Form(0, quotient=False)
        loop.stores = [(stored_columns(n, plan.forms[n])[0], low.flag(n, root=True))]
    else:
        ratio = low.number(n, root=True)
        form = plan.forms[n] = Form(ratio.scale, ratio.den is not None)
        values = [ratio.num] + ([ratio.den] if ratio.den is not None else [])
        loop.stores = list(zip(stored_columns(n, form), values, strict=True))
    return loop


def _size_of_household(n: Node) -> bool:
    return n.op is Op.SUM and n.entity is Entity.HOUSEHOLD and n.args[0].op is Op.CONST and n.args[0].attr is True


def _lower_aggregate(low: _Lowering, n: Node) -> None:
    loop, plan = low.loop, low.plan
    fold = Fold(n.op.value)
    if n.op is Op.ANY:
        loop.fold = fold
        plan.forms[n] = Form(0, quotient=False)
        loop.stores = [(stored_columns(n, plan.forms[n])[0], low.flag(n.args[0]))]
        return
    if n.op is Op.SUM and n.args[0].type.kind is Kind.BOOL:
        value = Ratio(low.program.put("number", low.flag(n.args[0])))
    else:
        value = low.float_only(low.number(n.args[0]))
    if n.op in (Op.LARGEST, Op.SMALLEST):
        nobody = low.float_only(low.number(n.args[2]))
        scale = max(value.scale, nobody.scale)
        value, nobody = low.scaled(value, scale), low.scaled(nobody, scale)
        fold = Fold(n.op.value, low.flag(n.args[1]), nobody.num)
    form = plan.forms[n] = Form(value.scale, quotient=False)
    loop.stores, loop.fold = [(stored_columns(n, form)[0], value.num)], fold


class _Lowering:
    """Lowers the nodes of one loop into its program."""

    def __init__(self, plan: Plan, shape: str) -> None:
        self.plan, self.program = plan, Program()
        self.loop = Loop(shape, self.program)
        self._numbers: dict[Node, Ratio] = {}
        self._flags: dict[Node, int] = {}

    # leaves -------------------------------------------------------------------------------------------------

    def load(self, column: Column, index: str = "self", through: Column | None = None) -> int:
        return self.program.put("load", attr=(column, index, through), flag=column.kind == "b")

    def index_of(self, n: Node) -> str:
        """By which index a stored or input value is read inside this loop."""
        if n.entity is Entity.HOUSEHOLD and self.loop.shape != "household":
            return "household"
        return "self"

    def _stored(self, n: Node, index: str, through: Column | None = None) -> Ratio:
        form = self.plan.forms[n]
        columns = stored_columns(n, form)
        num = self.load(columns[0], index, through)
        den = self.load(columns[1], index, through) if form.quotient else None
        return Ratio(num, den, form.scale, 1 if form.quotient else 0)

    def _column(self, n: Node) -> Column:
        role = "input" if n.op is Op.INPUT else "state"
        kind = "b" if n.type.kind is Kind.BOOL else "f"
        return Column(role, n.attr.key, n.entity.value, kind)

    def read(self, n: Node, index: str, through: Column | None = None) -> Ratio:
        """Read a number from an input, a state or a stored value."""
        if n.op in (Op.INPUT, Op.STATE) and n not in self.plan.given:
            return Ratio(self.load(self._column(n), index, through), None, input_scale(n.type))
        return self._stored(n, index, through)

    def read_flag(self, n: Node, index: str, through: Column | None = None) -> int:
        if n.op in (Op.INPUT, Op.STATE) and n not in self.plan.given:
            return self.load(self._column(n), index, through)
        return self.load(stored_columns(n, self.plan.forms[n])[0], index, through)

    # numbers ------------------------------------------------------------------------------------------------

    def number(self, n: Node, *, root: bool = False) -> Ratio:
        if n not in self._numbers:
            stored = n in self.plan.stored and not root
            self._numbers[n] = self._stored(n, self.index_of(n)) if stored else NUMBERS[n.op](self, n)
        return self._numbers[n]

    def flag(self, n: Node, *, root: bool = False) -> int:
        if n not in self._flags:
            stored = n in self.plan.stored and not root
            if stored:
                self._flags[n] = self.load(stored_columns(n, self.plan.forms[n])[0], self.index_of(n))
            else:
                self._flags[n] = FLAGS[n.op](self, n)
        return self._flags[n]

    def scaled(self, r: Ratio, scale: int) -> Ratio:
        if scale == r.scale:
            return r
        factor = self.program.const(10 ** (scale - r.scale))
        return Ratio(self.program.binary("fmul", r.num, factor), r.den, scale, r.degree)

    def float_only(self, r: Ratio) -> Ratio:
        """Take the quotient in float where a denominator cannot follow."""
        if r.den is None:
            return r
        return Ratio(self.program.binary("fdiv", r.num, r.den), None, r.scale)

    def aligned(self, a: Ratio, b: Ratio) -> tuple[int, int, int | None, int, int]:
        """Bring two numbers over one denominator and scale: (num a, num b, den, scale, degree)."""
        scale = max(a.scale, b.scale)
        a, b = self.scaled(a, scale), self.scaled(b, scale)
        if a.den == b.den:
            return a.num, b.num, a.den, scale, a.degree
        if a.degree + b.degree > DEGREE:
            a, b = self.float_only(a), self.float_only(b)
            return a.num, b.num, None, scale, 0
        x = a.num if b.den is None else self.program.binary("fmul", a.num, b.den)
        y = b.num if a.den is None else self.program.binary("fmul", b.num, a.den)
        den = self._times(a.den, b.den)
        return x, y, den, scale, a.degree + b.degree

    def _times(self, a: int | None, b: int | None) -> int | None:
        if a is None or b is None:
            return b if a is None else a
        return self.program.binary("fmul", a, b)

    def multiplied(self, a: Ratio, b: Ratio) -> Ratio:
        if a.degree + b.degree > DEGREE:
            a, b = self.float_only(a), self.float_only(b)
        num = self.program.binary("fmul", a.num, b.num)
        return Ratio(num, self._times(a.den, b.den), a.scale + b.scale, a.degree + b.degree)

    def divided(self, a: Ratio, b: Ratio, *, signed: bool = True) -> Ratio:
        """Divide; a divisor that can be negative passes its sign to the numerator, so that denominators never are."""
        program = self.program
        if a.degree + b.degree + 1 > DEGREE:
            a, b = self.float_only(a), self.float_only(b)
        constant = program.constant(b.num)
        if constant is None:
            zero = program.put("eq", b.num, program.const(0.0), flag=True)
            self.loop.doubts += [(zero, "flag"), (program.put("zero", b.num, flag=True), "zero")]
        elif constant == 0:
            self.loop.doubts.append((program.put("flag", attr=True, flag=True), "flag"))
        if constant is None and signed:
            negative = program.put("lt", b.num, program.const(0.0), flag=True)
            sign = program.put("select", negative, program.const(-1.0), program.const(1.0))
        elif constant is None:
            sign = program.const(1.0)
        else:
            sign = program.const(-1.0 if constant < 0 else 1.0)
        num = program.binary("fmul", a.num if b.den is None else program.binary("fmul", a.num, b.den), sign)
        den = self._times(a.den, program.binary("fmul", b.num, sign))
        result = Ratio(num, den, a.scale - b.scale, a.degree + 1 + (b.den is not None))
        return self.scaled(result, 0) if result.scale < 0 else result

    def rounded(self, r: Ratio, step: Rounding) -> Ratio:
        program = self.program
        factor = 1 / (step.to * 10**r.scale)  # x/step = num/den · factor
        top = program.binary("fmul", r.num, program.const(factor.numerator))
        bottom = program.const(factor.denominator)
        if r.den is not None:
            bottom = program.binary("fmul", r.den, bottom)
        if step.mode == "half_up":
            two = program.const(2.0)
            top = program.binary("fadd", program.binary("fmul", top, two), bottom)
            bottom = program.binary("fmul", bottom, two)
        quotient = program.put("fdiv", top, bottom)
        how = {"down": "floor", "up": "ceil", "half_up": "floor", "half_even": "roundeven"}[step.mode]
        whole = program.put(how, quotient)
        self.loop.doubts.append((whole, how))
        places = decimals(step.to) or 0
        scaled = step.to * 10**places
        num = program.binary("fmul", whole, program.const(scaled.numerator))
        den = None if scaled.denominator == 1 else program.const(scaled.denominator)
        return Ratio(num, den, places, 0 if den is None else 1)

    def compared(self, op: str, a: Ratio, b: Ratio) -> int:
        x, y, *_ = self.aligned(a, b)
        made = self.program.put(op, x, y, flag=True)
        self.loop.doubts.append((made, "compare"))
        return made

    def chosen(self, condition: int, a: Ratio, b: Ratio, how: str | None = None) -> Ratio:
        scale = max(a.scale, b.scale)
        a, b = self.scaled(a, scale), self.scaled(b, scale)
        num = self.program.put("select", condition, a.num, b.num, attr=how)
        if a.den is None and b.den is None:
            return Ratio(num, None, scale)
        one = self.program.const(1.0)
        first, second = (one if a.den is None else a.den), (one if b.den is None else b.den)
        den = first if first == second else self.program.put("select", condition, first, second)
        return Ratio(num, den, scale, max(a.degree, b.degree))

    def extreme(self, op: str, a: Ratio, b: Ratio) -> Ratio:
        if a.den is None and b.den is None:
            scale = max(a.scale, b.scale)
            a, b = self.scaled(a, scale), self.scaled(b, scale)
            return Ratio(self.program.put(op, a.num, b.num), None, scale)
        if a.degree + b.degree > DEGREE:
            return self.extreme(op, self.float_only(a), self.float_only(b))
        # no row is in doubt here: taking the wrong one of two near values errs by no more than they are apart
        x, y, *_ = self.aligned(a, b)
        first = self.program.put("le", x, y, flag=True)
        return self.chosen(first, *((a, b) if op == "fmin" else (b, a)), how="nearest")


def _constant(low: _Lowering, n: Node) -> Ratio:
    value = n.attr
    if isinstance(value, str):
        return Ratio(low.program.const(n.type.categories.index(value)))
    if isinstance(value, date):
        return Ratio(low.program.const(date_code(value)))
    places = decimals(value)
    if places is None:
        return Ratio(low.program.const(value.numerator), low.program.const(value.denominator), 0, 1)
    places = max(places, input_scale(n.type) if value else 0)
    return Ratio(low.program.const(int(value * 10**places)), None, places)


def _parameter(low: _Lowering, n: Node) -> Ratio:
    return Ratio(low.program.put("param", attr=n.attr), None, parameter_scale(n.attr))


def _sum_or_difference(op: str) -> Callable[[_Lowering, Node], Ratio]:
    def lower(low: _Lowering, n: Node) -> Ratio:
        x, y, den, scale, degree = low.aligned(low.number(n.args[0]), low.number(n.args[1]))
        return Ratio(low.program.binary(op, x, y), den, scale, degree)

    return lower


def _division(low: _Lowering, n: Node) -> Ratio:
    divisor = n.args[1]
    if divisor.op is Op.CONST and divisor.attr and decimals(1 / Fraction(divisor.attr)) is not None:
        inverse = 1 / Fraction(divisor.attr)
        places = decimals(inverse) or 0
        return low.multiplied(low.number(n.args[0]), Ratio(low.program.const(int(inverse * 10**places)), None, places))
    return low.divided(low.number(n.args[0]), low.number(divisor), signed=not _never_negative(divisor))


def _never_negative(n: Node) -> bool:
    """Whether a value cannot be negative, seen from its declaration alone."""
    if n.op is Op.INPUT:
        return n.type.kind is Kind.CATEGORY or (n.attr.low is not None and n.attr.low >= 0)
    if n.op is Op.PARAM:
        return all(v.value is None or v.value >= 0 for v in n.attr.values)
    if n.op is Op.CONST:
        return isinstance(n.attr, Fraction) and n.attr >= 0
    if n.op is Op.SUM and n.args[0].type.kind is Kind.BOOL:
        return True
    if n.op in (Op.ADD, Op.MUL, Op.DIV, Op.MIN):
        return all(_never_negative(a) for a in n.args)
    if n.op is Op.MAX:
        return any(_never_negative(a) for a in n.args)
    if n.op is Op.WHEN:
        return all(_never_negative(a) for a in n.args[1:])
    passing = (Op.PROVISION, Op.ROUND, Op.SPREAD, Op.SELF, Op.OTHER, Op.RETIME, Op.SUM)
    return n.op is Op.POWER or (n.op in passing and _never_negative(n.args[0]))


def _power(low: _Lowering, n: Node) -> Ratio:
    program = low.program
    base = low.float_only(low.number(n.args[0]))
    whole = base.num
    if base.scale:
        whole = program.put("floor", program.put("fdiv", base.num, program.const(10**base.scale)))
        low.loop.doubts.append((whole, "floor"))
    elif base.num != low.number(n.args[0]).num:
        whole = program.put("floor", base.num)
        low.loop.doubts.append((whole, "floor"))
    inside = program.put(  # not the other way round: what is no number must not index the table
        "and",
        program.put("le", program.const(0.0), whole, flag=True),
        program.put("le", whole, program.const(POWER_LIMIT), flag=True),
        flag=True,
    )
    low.loop.doubts.append((program.put("not", inside, flag=True), "flag"))
    entry = program.put("select", inside, whole, program.const(0.0))
    entries = tuple(int(v * 10**POWER_DECIMALS) for v in power_table(n.attr))
    return Ratio(program.put("table", entry, attr=Table(f"power_{n.attr}", entries)), None, POWER_DECIMALS)


def _full_months(low: _Lowering, n: Node) -> Ratio:
    program = low.program
    parts = []
    for a in n.args:
        code = low.number(a).num
        month = program.put("floor", program.put("fdiv", code, program.const(31.0)))
        day = program.put("fsub", code, program.put("fmul", month, program.const(31.0)))
        parts.append((month, day))
    (month, day), (later_month, later_day) = parts
    early = program.put("number", program.put("lt", later_day, day, flag=True))
    return Ratio(program.put("fsub", program.put("fsub", later_month, month), early))


def _gathered(low: _Lowering, n: Node) -> tuple[Column, int]:
    relation = Column("relation", n.attr.key, "person", "r")
    pointer = low.program.put("load", attr=(relation, "self", None))
    elsewhere = low.program.put("lt", pointer, low.program.const(-1.0), flag=True)
    low.loop.doubts.append((elsewhere, "flag"))
    return relation, low.program.put("lt", pointer, low.program.const(0.0), flag=True)


def _gather(low: _Lowering, n: Node) -> Ratio:
    if n.args[0].entity is Entity.SCALAR:
        value = low.number(n.args[0])
        _, nobody = _gathered(low, n)
    else:
        relation, nobody = _gathered(low, n)
        value = low.read(n.args[0], "related", relation)
    return low.chosen(nobody, low.number(n.args[1]), value)


def _gather_flag(low: _Lowering, n: Node) -> int:
    relation, nobody = _gathered(low, n)
    scalar = n.args[0].entity is Entity.SCALAR
    value = low.flag(n.args[0]) if scalar else low.read_flag(n.args[0], "related", relation)
    return low.program.put("select", nobody, low.flag(n.args[1]), value, flag=True)


def _viewed(index: str) -> Callable[[_Lowering, Node], Ratio]:
    return lambda low, n: low.read(n.args[0], index)


def _viewed_flag(index: str) -> Callable[[_Lowering, Node], int]:
    return lambda low, n: low.read_flag(n.args[0], index)


def _household_size(low: _Lowering, n: Node) -> Ratio:
    return Ratio(low.program.put("size"))


def _when(low: _Lowering, n: Node) -> Ratio:
    return low.chosen(low.flag(n.args[0]), low.number(n.args[1]), low.number(n.args[2]))


def _when_flag(low: _Lowering, n: Node) -> int:
    return low.program.put("select", *(low.flag(a) for a in n.args), flag=True)


def _equal(low: _Lowering, n: Node) -> int:
    if n.args[0].type.kind is Kind.BOOL:
        return low.program.put("same", low.flag(n.args[0]), low.flag(n.args[1]), flag=True)
    if n.args[0].type.categories != n.args[1].type.categories:
        raise TypeMismatchError(
            f"{n.place}: two categories with different names are compared; they have no order in common."
        )
    return low.compared("eq", low.number(n.args[0]), low.number(n.args[1]))


def _is(low: _Lowering, n: Node) -> int:
    relation = Column("relation", n.attr.relation.key, "person", "r")
    pointer = low.program.put("load", attr=(relation, "self" if n.attr.forward else "other", None))
    target = low.program.put("position", attr="other" if n.attr.forward else "self")
    return low.program.put("eq", pointer, target, flag=True)


def _positions(op: str) -> Callable[[_Lowering, Node], int]:
    def lower(low: _Lowering, n: Node) -> int:
        other, one = (low.program.put("position", attr=w) for w in ("other", "self"))
        return low.program.put(op, other, one, flag=True)

    return lower


def _exists(low: _Lowering, n: Node) -> int:
    relation = Column("relation", n.attr.key, "person", "r")
    pointer = low.program.put("load", attr=(relation, "self", None))
    nobody = low.program.put("eq", pointer, low.program.const(-1.0), flag=True)
    return low.program.put("not", nobody, flag=True)


def _logic(op: str) -> Callable[[_Lowering, Node], int]:
    return lambda low, n: low.program.put(op, *(low.flag(a) for a in n.args), flag=True)


def _comparison(op: str) -> Callable[[_Lowering, Node], int]:
    return lambda low, n: low.compared(op, low.number(n.args[0]), low.number(n.args[1]))


NUMBERS: dict[Op, Callable[[_Lowering, Node], Ratio]] = {
    Op.CONST: _constant,
    Op.PARAM: _parameter,
    Op.INPUT: lambda low, n: low.read(n, low.index_of(n)),
    Op.STATE: lambda low, n: low.read(n, low.index_of(n)),
    Op.MONTH: lambda low, n: Ratio(low.program.put("month")),
    Op.ADD: _sum_or_difference("fadd"),
    Op.SUB: _sum_or_difference("fsub"),
    Op.MUL: lambda low, n: low.multiplied(low.number(n.args[0]), low.number(n.args[1])),
    Op.DIV: _division,
    Op.MIN: lambda low, n: low.extreme("fmin", low.number(n.args[0]), low.number(n.args[1])),
    Op.MAX: lambda low, n: low.extreme("fmax", low.number(n.args[0]), low.number(n.args[1])),
    Op.ROUND: lambda low, n: low.rounded(low.number(n.args[0]), n.attr),
    Op.POWER: _power,
    Op.RETIME: lambda low, n: low.number(n.args[0]),
    Op.FULL_MONTHS: _full_months,
    Op.WHEN: _when,
    Op.SPREAD: _viewed("household"),
    Op.GATHER: _gather,
    Op.SELF: _viewed("self"),
    Op.OTHER: _viewed("other"),
    Op.SUM: _household_size,
    Op.PROVISION: lambda low, n: low.number(n.args[0]),
}
FLAGS: dict[Op, Callable[[_Lowering, Node], int]] = {
    Op.CONST: lambda low, n: low.program.put("flag", attr=bool(n.attr), flag=True),
    Op.INPUT: lambda low, n: low.read_flag(n, low.index_of(n)),
    Op.STATE: lambda low, n: low.read_flag(n, low.index_of(n)),
    Op.LT: _comparison("lt"),
    Op.LE: _comparison("le"),
    Op.EQ: _equal,
    Op.AND: _logic("and"),
    Op.OR: _logic("or"),
    Op.NOT: _logic("not"),
    Op.WHEN: _when_flag,
    Op.SPREAD: _viewed_flag("household"),
    Op.GATHER: _gather_flag,
    Op.EXISTS: _exists,
    Op.SELF: _viewed_flag("self"),
    Op.OTHER: _viewed_flag("other"),
    Op.IS: _is,
    Op.SAME: _positions("eq"),
    Op.BEFORE: _positions("lt"),
    Op.PROVISION: lambda low, n: low.flag(n.args[0]),
}

__all__ = ["Form", "Loop", "Plan", "Table", "date_code", "parameter_scale", "stored_columns"]
