"""From loops to LLVM IR text: one function a loop, and a driver that walks blocks of households.

Blocks are small enough that the arrays between loops stay in the processor's cache; every pointer is `noalias`,
so LLVM vectorises the loops. Floating point stays strict: no reassociation, no contraction.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from amparo.execute.kernel.codegen.program import Column, Fold, Instruction, Loop, Table

IR_TYPES = {"int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64", "float32": "float", "float64": "double"}
FIXED = "i64 %nh, i64 %np, i64 %p0, ptr noalias %offs, ptr noalias %hidx, ptr noalias %par, ptr noalias %tol, "
FIXED += "ptr noalias %doubt"
DECLARATIONS = "".join(
    f"declare double @llvm.{name}.f64(double)\n" for name in ("floor", "ceil", "roundeven", "fabs", "rint")
)


@dataclass(frozen=True)
class Function:
    """The text of a generated function, its name (a hash of the text) and the arrays it takes."""

    name: str
    text: str
    columns: tuple[Column, ...]
    parameters: tuple[object, ...]
    slots: tuple[tuple[int, str], ...]  # doubtful instructions, in the order of the tolerances
    rows: str  # whose doubt array it marks: household or person


def literal(value: float) -> str:
    """Return a double as LLVM reads it, bit for bit."""
    return f"0x{struct.unpack('>Q', struct.pack('>d', value))[0]:016X}"


class _Body:
    """Text of one loop body; names are numbered by instruction."""

    def __init__(self, loop: Loop, dtypes: Mapping[Column, str], slots: Sequence[tuple[int, str]], mark: str) -> None:
        self.loop, self.dtypes, self.slots, self.mark = loop, dtypes, slots, mark
        self.lines: list[str] = []
        self.columns: dict[Column, str] = {}
        self.parameters: dict[object, int] = {}
        self.tables: dict[str, Table] = {}
        self._fresh = 0

    def new(self) -> str:
        self._fresh += 1
        return f"%{self.mark}t{self._fresh}"

    def add(self, text: str) -> str:
        name = self.new()
        self.lines.append(f"  {name} = {text}")
        return name

    def pointer(self, column: Column) -> str:
        return self.columns.setdefault(column, f"%c{len(self.columns)}")

    def parameter(self, key: object) -> int:
        return self.parameters.setdefault(key, len(self.parameters))

    def value(self, index: int) -> str:
        made = self.loop.program.instructions[index]
        if made.op in ("const", "near"):
            return literal(made.attr)  # type: ignore[arg-type]
        if made.op == "flag":
            return "true" if made.attr else "false"
        return f"%{self.mark}v{index}"

    def emit(self, indices: Sequence[int], index_of: Mapping[str, str]) -> None:
        for i in indices:
            made = self.loop.program.instructions[i]
            if made.op in ("const", "near", "flag", "zero"):
                continue
            text = self._text(made, [self.value(a) for a in made.args], index_of)
            self.lines.append(f"  %{self.mark}v{i} = {text}")

    def _text(self, made: Instruction, args: list[str], index_of: Mapping[str, str]) -> str:
        op = made.op
        if op in ("fadd", "fsub", "fmul", "fdiv"):
            return f"{op} double {args[0]}, {args[1]}"
        if op in ("lt", "le", "eq"):
            return f"fcmp o{op} double {args[0]}, {args[1]}"
        if op in ("fmin", "fmax"):
            test = self.add(f"fcmp {'olt' if op == 'fmin' else 'ogt'} double {args[0]}, {args[1]}")
            return f"select i1 {test}, double {args[0]}, double {args[1]}"
        if op in ("floor", "ceil", "roundeven"):
            return f"call double @llvm.{op}.f64(double {args[0]})"
        if op == "select":
            kind = "i1" if made.flag else "double"
            return f"select i1 {args[0]}, {kind} {args[1]}, {kind} {args[2]}"
        if op in ("and", "or"):
            return f"{op} i1 {args[0]}, {args[1]}"
        if op == "not":
            return f"xor i1 {args[0]}, true"
        if op == "same":
            return f"icmp eq i1 {args[0]}, {args[1]}"
        if op == "number":
            return f"uitofp i1 {args[0]} to double"
        return self._leaf(made, args, index_of)

    def _leaf(self, made: Instruction, args: list[str], index_of: Mapping[str, str]) -> str:
        if made.op == "load":
            return self._load(made, index_of)
        if made.op in ("param", "month"):
            slot = self.parameter(made.attr if made.op == "param" else "month")
            where = self.add(f"getelementptr double, ptr %par, i64 {slot}")
            return f"load double, ptr {where}"
        if made.op == "size":
            first, after = self.bounds(index_of["self"])
            return f"sitofp i32 {self.add(f'sub i32 {after}, {first}')} to double"
        if made.op == "position":
            start = index_of["start"]
            return f"sitofp i64 {self.add(f'sub i64 {index_of[str(made.attr)]}, {start}')} to double"
        if made.op == "table":
            table: Table = made.attr  # type: ignore[assignment]
            self.tables[table.key] = table
            where = self.add(f"fptosi double {args[0]} to i64")
            entry = self.add(f"getelementptr double, ptr @{_global(table)}, i64 {where}")
            return f"load double, ptr {entry}"
        raise AssertionError(made.op)

    def bounds(self, household: str) -> tuple[str, str]:
        first = self.add(f"load i32, ptr {self.add(f'getelementptr i32, ptr %offs, i64 {household}')}")
        following = self.add(f"add i64 {household}, 1")
        return first, self.add(f"load i32, ptr {self.add(f'getelementptr i32, ptr %offs, i64 {following}')}")

    def _load(self, made: Instruction, index_of: Mapping[str, str]) -> str:
        column, how, through = cast("tuple[Column, str, Column]", made.attr)
        index = self._related(through, index_of) if how == "related" else index_of[how]
        kind = IR_TYPES[self.dtypes[column]]
        where = self.add(f"getelementptr {kind}, ptr {self.pointer(column)}, i64 {index}")
        raw = f"load {kind}, ptr {where}"
        if column.kind == "b":
            return f"icmp ne i8 {self.add(raw)}, 0"
        if kind == "double":
            return raw
        return (
            f"fpext float {self.add(raw)} to double" if kind == "float" else f"sitofp {kind} {self.add(raw)} to double"
        )

    def _related(self, through: Column, index_of: Mapping[str, str]) -> str:
        where = self.add(f"getelementptr i32, ptr {self.pointer(through)}, i64 {index_of['self']}")
        pointer = self.add(f"sext i32 {self.add(f'load i32, ptr {where}')} to i64")
        target = self.add(f"add i64 {index_of['start']}, {pointer}")
        nobody = self.add(f"icmp slt i64 {pointer}, 0")
        return self.add(f"select i1 {nobody}, i64 {index_of['self']}, i64 {target}")

    def doubt(self, first: int) -> str | None:
        """Return the name of the row's doubt (i1), or None when the loop never doubts."""
        found: str | None = None
        for order, (index, how) in enumerate(self.slots):
            made = self.loop.program.instructions[index]
            if how == "flag":
                one = self.value(index)
            else:
                gap = self._gap(made, how, index)
                slot = self.add(f"getelementptr double, ptr %tol, i64 {first + order}")
                tolerance = self.add(f"load double, ptr {slot}")
                one = self.add(f"fcmp ule double {gap}, {tolerance}")  # unordered too: what is no number is in doubt
            found = one if found is None else self.add(f"or i1 {found}, {one}")
        return found

    def _gap(self, made: Instruction, how: str, index: int) -> str:
        if how == "compare":
            a, b = (self.value(x) for x in made.args)
            difference = self.add(f"fsub double {a}, {b}")
        elif how == "zero":
            difference = self.value(made.args[0])
        else:
            inner = self.value(made.args[0])
            if how == "roundeven":
                inner = self.add(f"fsub double {inner}, {literal(0.5)}")
            near = self.add(f"call double @llvm.rint.f64(double {inner})")
            difference = self.add(f"fsub double {inner}, {near}")
        return self.add(f"call double @llvm.fabs.f64(double {difference})")


def _global(table: Table) -> str:
    return "t" + hashlib.sha256(f"{table.key}{table.values}".encode()).hexdigest()[:12]


def function(loop: Loop, dtypes: Mapping[Column, str], slots: Sequence[tuple[int, str]]) -> Function:
    """Return the IR of one loop; `slots` are the doubts that can occur at all."""
    body = _Body(loop, dtypes, slots, "")
    if loop.fold is None:
        inner = _elementwise(loop, body)
    else:
        inner = (_fold if loop.shape == "fold" else _pair)(loop, loop.fold, body)
    columns = "".join(f", ptr noalias {name}" for name in body.columns.values())
    tables = "".join(
        f"@{_global(t)} = private constant [{len(t.values)} x double] "
        f"[{', '.join(f'double {literal(float(v))}' for v in t.values)}]\n"
        for t in body.tables.values()
    )
    text = f"({FIXED}{columns}) {{\n{inner}}}\n"
    name = "amparo_" + hashlib.sha256((tables + text).encode()).hexdigest()[:24]
    whole = f"{tables}{DECLARATIONS}define void @{name}{text}"
    rows = "household" if loop.shape == "household" else "person"
    return Function(name, whole, tuple(body.columns), tuple(body.parameters), tuple(slots), rows)


def _all(loop: Loop) -> range:
    return range(len(loop.program.instructions))


def _store(body: _Body, column: Column, value: str, index: str) -> None:
    pointer = body.pointer(column)
    if column.kind == "b":
        where = body.add(f"getelementptr i8, ptr {pointer}, i64 {index}")
        body.lines.append(f"  store i8 {body.add(f'zext i1 {value} to i8')}, ptr {where}")
    else:
        where = body.add(f"getelementptr double, ptr {pointer}, i64 {index}")
        body.lines.append(f"  store double {value}, ptr {where}")


def _mark_doubt(body: _Body, index: str) -> None:
    name = body.doubt(0)
    if name is not None:
        where = body.add(f"getelementptr i8, ptr %doubt, i64 {index}")
        old = body.add(f"load i8, ptr {where}")
        new = body.add(f"or i8 {old}, {body.add(f'zext i1 {name} to i8')}")
        body.lines.append(f"  store i8 {new}, ptr {where}")


def _person_indices(body: _Body, household: bool, start: bool) -> dict[str, str]:
    found = {"self": "%i"}
    if household or start:
        where = body.add("getelementptr i32, ptr %hidx, i64 %i")
        found["household"] = body.add(f"sext i32 {body.add(f'load i32, ptr {where}')} to i64")
    if start:
        first, after = body.bounds(found["household"])
        found["start"] = body.add(f"sub i64 {body.add(f'sext i32 {first} to i64')}, %p0")
        found["end"] = body.add(f"sub i64 {body.add(f'sext i32 {after} to i64')}, %p0")
    return found


def _needs(loop: Loop) -> tuple[bool, bool]:
    loads = [i.attr for i in loop.program.instructions if i.op == "load"]
    return any(a[1] == "household" for a in loads), any(a[1] == "related" for a in loads)  # type: ignore[index]


def _loop_text(count: str, lines: list[str], tag: str = "") -> str:
    return (
        f"  br label %head{tag}\nhead{tag}:\n"
        f"  %i{tag} = phi i64 [ 0, %{'entry' if not tag else 'pre' + tag} ], [ %next{tag}, %body{tag} ]\n"
        f"  %more{tag} = icmp slt i64 %i{tag}, {count}\n"
        f"  br i1 %more{tag}, label %body{tag}, label %done{tag}\nbody{tag}:\n"
        + "\n".join(lines)
        + f"\n  %next{tag} = add nuw nsw i64 %i{tag}, 1\n  br label %head{tag}\ndone{tag}:\n"
    )


def _elementwise(loop: Loop, body: _Body) -> str:
    if loop.shape == "household":
        indices = {"self": "%i"}
    else:
        household, related = _needs(loop)
        indices = _person_indices(body, household, related)
    body.emit(_all(loop), indices)
    for column, value in loop.stores:
        _store(body, column, body.value(value), "%i")
    _mark_doubt(body, "%i")
    count = "%nh" if loop.shape == "household" else "%np"
    return "entry:\n" + _loop_text(count, body.lines) + "  ret void\n"


START = {"sum": literal(0.0), "largest": literal(float("-inf")), "smallest": literal(float("inf")), "any": "0"}


def _combine(body: _Body, fold: Fold, old: str, value: str) -> str:
    if fold.op == "any":
        return body.add(f"or i1 {old}, {value}")
    if fold.op == "sum":
        return body.add(f"fadd double {old}, {value}")
    better = body.add(f"fcmp {'ogt' if fold.op == 'largest' else 'olt'} double {value}, {old}")
    taken = better if fold.where is None else body.add(f"and i1 {better}, {body.value(fold.where)}")
    return body.add(f"select i1 {taken}, double {value}, double {old}")


def _fold(loop: Loop, fold: Fold, body: _Body) -> str:
    """Clear the households' cells, add each person to theirs, then say what those of nobody hold."""
    ((column, value),) = loop.stores
    _, related = _needs(loop)
    indices = _person_indices(body, household=True, start=related)
    body.emit(_all(loop), indices)
    kind = "i8" if column.kind == "b" else "double"
    pointer = body.pointer(column)
    where = body.add(f"getelementptr {kind}, ptr {pointer}, i64 {indices['household']}")
    old = body.add(f"load {kind}, ptr {where}")
    if fold.op == "any":
        new = body.add(f"or i8 {old}, {body.add(f'zext i1 {body.value(value)} to i8')}")
    else:
        new = _combine(body, fold, old, body.value(value))
    body.lines.append(f"  store {kind} {new}, ptr {where}")
    _mark_doubt(body, "%i")
    clear = [f"  %z = getelementptr {kind}, ptr {pointer}, i64 %ia", f"  store {kind} {START[fold.op]}, ptr %z"]
    text = "entry:\n  br label %prea\nprea:\n" + _loop_text("%nh", clear, "a")
    text += "  br label %preb\npreb:\n" + _loop_text("%np", body.lines, "b").replace("%ib", "%i")
    if fold.nobody is not None:
        finish = _Body(loop, body.dtypes, (), "f")
        finish.parameters, finish.columns = body.parameters, body.columns
        _over_nobody(finish, fold, pointer)
        text += "  br label %prec\nprec:\n" + _loop_text("%nh", finish.lines, "c")
    return text + "  ret void\n"


def _over_nobody(finish: _Body, fold: Fold, pointer: str) -> None:
    value = _empty_value(finish, fold, {"self": "%ic"})
    cell = finish.add(f"getelementptr double, ptr {pointer}, i64 %ic")
    found = finish.add(f"load double, ptr {cell}")
    empty = finish.add(f"fcmp oeq double {found}, {START[fold.op]}")
    finish.lines.append(
        f"  store double {finish.add(f'select i1 {empty}, double {value}, double {found}')}, ptr {cell}"
    )


def _empty_value(finish: _Body, fold: Fold, index_of: Mapping[str, str]) -> str:
    """Emit what the value over nobody needs: constants and figures only."""
    assert fold.nobody is not None  # noqa: S101 - for the type checker; callers ask only then
    finish.emit(_cone(finish.loop, fold.nobody), index_of)
    return finish.value(fold.nobody)


def _cone(loop: Loop, root: int) -> list[int]:
    wanted, stack = set(), [root]
    while stack:
        index = stack.pop()
        if index not in wanted:
            wanted.add(index)
            stack.extend(loop.program.instructions[index].args)
    return sorted(wanted)


def _pair(loop: Loop, fold: Fold, body: _Body) -> str:
    ((column, value),) = loop.stores
    outer = _person_indices(body, household=True, start=True)
    before = body.lines
    body.lines = []
    body.emit(_all(loop), {**outer, "other": "%j"})
    old = "%acc"
    new = _combine(body, fold, old, body.value(value))
    doubt = body.doubt(0)
    marked = f"or i1 %unsure, {doubt}" if doubt else "or i1 %unsure, false"
    kind = "i1" if column.kind == "b" else "double"
    start = "false" if column.kind == "b" else START[fold.op]
    inner = body.lines
    body.lines = []
    result = "%acc"
    if fold.nobody is not None:
        finish = _Body(loop, body.dtypes, (), "f")
        finish.parameters = body.parameters
        otherwise = _empty_value(finish, fold, {"self": "%i"})
        empty = finish.add(f"fcmp oeq double %acc, {START[fold.op]}")
        result = finish.add(f"select i1 {empty}, double {otherwise}, double %acc")
        body.lines += finish.lines
    _store(body, column, result, "%i")
    where = body.add("getelementptr i8, ptr %doubt, i64 %i")
    earlier = body.add(f"load i8, ptr {where}")
    both = body.add(f"or i8 {earlier}, {body.add('zext i1 %unsure to i8')}")
    body.lines.append(f"  store i8 {both}, ptr {where}")
    return (
        "entry:\n  br label %head\nhead:\n  %i = phi i64 [ 0, %entry ], [ %next, %close ]\n"
        "  %more = icmp slt i64 %i, %np\n  br i1 %more, label %open, label %done\nopen:\n"
        + "\n".join(before)
        + f"\n  br label %ihead\nihead:\n  %j = phi i64 [ {outer['start']}, %open ], [ %jnext, %ibody ]\n"
        + f"  %acc = phi {kind} [ {start}, %open ], [ {new}, %ibody ]\n"
        + "  %unsure = phi i1 [ false, %open ], [ %unsure2, %ibody ]\n"
        + f"  %jmore = icmp slt i64 %j, {outer['end']}\n  br i1 %jmore, label %ibody, label %close\nibody:\n"
        + "\n".join(inner)
        + f"\n  %unsure2 = {marked}\n  %jnext = add nsw i64 %j, 1\n  br label %ihead\nclose:\n"
        + "\n".join(body.lines)
        + "\n  %next = add nuw nsw i64 %i, 1\n  br label %head\ndone:\n  ret void\n"
    )
