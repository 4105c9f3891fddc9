"""Machine code of a plan, with what brings its results into the units that callers read."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amparo.execute.kernel.codegen.driver import Driver, driver
from amparo.execute.kernel.codegen.emit import Function, function
from amparo.execute.kernel.codegen.fuse import fused
from amparo.execute.kernel.codegen.layout import Form, input_scale, stored_columns
from amparo.execute.kernel.codegen.lower import Plan
from amparo.execute.kernel.codegen.machine import Code
from amparo.execute.kernel.codegen.program import Column, Loop, Program
from amparo.execute.kernel.codegen.tolerance import generic
from amparo.expr import Kind, Node, Parameter

Progress = Callable[[int, int], None]
SIGNATURE = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 7, *[ctypes.c_int64] * 4)


@dataclass(frozen=True)
class Output:
    """Where a node's result ends up: the arrays handed to the caller."""

    name: str
    node: Node
    column: Column
    loop: Loop | None


def output(name: str, n: Node, form: Form) -> Output:
    """Return the array of a result, with a loop that converts the stored value to the smallest unit if needed."""
    stored = stored_columns(n, form)
    places = input_scale(n.type)
    if n.type.kind is Kind.BOOL or (form.scale == places and not form.quotient):
        return Output(name, n, stored[0], None)
    program = Program()
    value = program.put("load", attr=(stored[0], "self", None))
    if form.quotient:
        value = program.put("fdiv", value, program.put("load", attr=(stored[1], "self", None)))
    if form.scale != places:
        power = program.const(10.0 ** abs(form.scale - places))
        value = program.put("fdiv" if form.scale > places else "fmul", value, power)
    column = Column("out", n.digest[:24], n.entity.value, "f")
    return Output(name, n, column, Loop(n.entity.value, program, [(column, value)]))


class Compiled:
    """Machine code of a plan."""

    def __init__(
        self,
        plan: Plan,
        outputs: Sequence[Output],
        dtypes: Mapping[Column, str],
        inputs: Mapping[str, Any],
        cache: Path | None,
        progress: Progress | None,
        *,
        every: bool = False,
    ) -> None:
        self.loops = fused([*plan.loops, *(o.loop for o in outputs if o.loop)], dtypes)
        kept = [list(dict.fromkeys(lp.doubts)) for lp in self.loops] if every else generic(self.loops, inputs)
        scratch = {c: "int8" if c.kind == "b" else "float64" for loop in self.loops for c, _ in loop.stores}
        known = {**scratch, **dtypes}
        self.functions: list[Function] = [function(lp, known, k) for lp, k in zip(self.loops, kept, strict=True)]
        self.driver: Driver = driver(self.functions, [[c for c, _ in lp.stores] for lp in self.loops], dtypes)
        self.parameters = [p for p in dict.fromkeys(self.driver.parameters) if isinstance(p, Parameter)]
        texts = [f.text for f in self.functions] + [self.driver.text]
        self.code = Code(texts, self.driver.name, cache, progress)
        self.call = SIGNATURE(self.code.address)
