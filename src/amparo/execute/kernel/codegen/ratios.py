"""Arithmetic on numbers of the form numerator / (denominator · 10^scale), so that whole numbers stay whole.

`a / b < c` becomes a comparison of whole products; an amount in reais is a whole number of centavos. What cannot
stay whole (a sum of quotients) becomes an ordinary float with a bounded error.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.execute.kernel.codegen.layout import decimals
from amparo.execute.kernel.codegen.program import Loop, Program
from amparo.expr.arithmetic import Rounding

DEGREE = 2  # factors in a denominator before the quotient is taken in float


@dataclass(frozen=True, slots=True)
class Ratio:
    """A lowered number: numerator and denominator instructions, decimal scale, factors in the denominator."""

    num: int
    den: int | None = None
    scale: int = 0
    degree: int = 0


class Ratios:
    """Writes arithmetic into the program of one loop."""

    def __init__(self, shape: str) -> None:
        self.program = Program()
        self.loop = Loop(shape, self.program)

    def scaled(self, r: Ratio, scale: int) -> Ratio:
        """Bring a number to a decimal scale."""
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
        """Multiply; quotients stay quotients while few factors are below the line."""
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
        """Round to a multiple of the law's unit."""
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
        """Compare; how near the two may come before the row is in doubt is a run-time figure."""
        x, y, *_ = self.aligned(a, b)
        made = self.program.put(op, x, y, flag=True)
        self.loop.doubts.append((made, "compare"))
        return made

    def chosen(self, condition: int, a: Ratio, b: Ratio, how: str | None = None) -> Ratio:
        """Take one of two numbers."""
        scale = max(a.scale, b.scale)
        a, b = self.scaled(a, scale), self.scaled(b, scale)
        if (a.den is None) != (b.den is None) and how is None:
            # over one denominator, so that bounds see the large numerator and its denominator together
            x, y, den, _, degree = self.aligned(a, b)
            return Ratio(self.program.put("select", condition, x, y), den, scale, degree)
        num = self.program.put("select", condition, a.num, b.num, attr=how)
        if a.den is None and b.den is None:
            return Ratio(num, None, scale)
        one = self.program.const(1.0)
        first, second = (one if a.den is None else a.den), (one if b.den is None else b.den)
        den = first if first == second else self.program.put("select", condition, first, second)
        return Ratio(num, den, scale, max(a.degree, b.degree))

    def extreme(self, op: str, a: Ratio, b: Ratio) -> Ratio:
        """Take the smaller or larger of two numbers."""
        if a.den is None and b.den is None:
            scale = max(a.scale, b.scale)
            a, b = self.scaled(a, scale), self.scaled(b, scale)
            return Ratio(self.program.put(op, a.num, b.num), None, scale)
        for one, other in ((a, b), (b, a)):
            if other.den is None and self.program.constant(other.num) == 0:  # denominators are never negative
                return Ratio(self.program.put(op, one.num, other.num), one.den, one.scale, one.degree)
        if a.degree + b.degree > DEGREE:
            return self.extreme(op, self.float_only(a), self.float_only(b))
        # no row is in doubt here: taking the wrong one of two near values errs by no more than they are apart
        x, y, *_ = self.aligned(a, b)
        first = self.program.put("le", x, y, flag=True)
        return self.chosen(first, *((a, b) if op == "fmin" else (b, a)), how="nearest")
