"""From the graph to loops: what each operation of the language is in machine arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from amparo.errors import TypeMismatchError
from amparo.execute.kernel.codegen.layout import Form, Layout, decimals, input_scale, stored_columns
from amparo.execute.kernel.codegen.program import Column, Fold, Loop, Table
from amparo.execute.kernel.codegen.ratios import Ratio, Ratios
from amparo.expr import Entity, Kind, Node, Op, Parameter
from amparo.expr.arithmetic import POWER_DECIMALS, POWER_LIMIT, power_table
from amparo.expr.node import AGGREGATES
from amparo.population.encoding import date_code


class Plan(Layout):
    """The loops that compute some nodes, in order, and the arrays between them."""

    def __init__(
        self,
        roots: Iterable[Node],
        given: Mapping[Node, Form] | None = None,
        finer: Mapping[Parameter, int] | None = None,
    ) -> None:
        super().__init__(roots, given, finer)
        self.loops: list[Loop] = [_lowered(self, n) for n in self.order if n in self.stored and n not in self.given]


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


class _Lowering(Ratios):
    """Lowers the nodes of one loop into its program."""

    def __init__(self, plan: Plan, shape: str) -> None:
        super().__init__(shape)
        self.plan = plan
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
    return Ratio(low.program.put("param", attr=n.attr), None, low.plan.scale(n.attr))


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
