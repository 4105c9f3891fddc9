"""The driver: a generated function that takes shares of the households and calls every loop on each block of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amparo.execute.kernel.codegen.emit import FIXED, IR_TYPES, Function
from amparo.execute.kernel.codegen.program import Column

BLOCK = 512  # households a block: what its loops pass on stays in the processor's cache
BYTES = {"f": 8, "b": 1}

PROLOGUE = """
define private void @prologue(i64 %nh, i64 %np, i64 %p0, ptr noalias %offs, ptr noalias %hidx,
                              ptr noalias %dh, ptr noalias %dp) {
entry:
  call void @llvm.memset.p0.i64(ptr %dh, i8 0, i64 %nh, i1 false)
  call void @llvm.memset.p0.i64(ptr %dp, i8 0, i64 %np, i1 false)
  br label %hhead
hhead:
  %h = phi i64 [ 0, %entry ], [ %hnext, %hclose ]
  %hmore = icmp slt i64 %h, %nh
  br i1 %hmore, label %hopen, label %done
hopen:
  %a = getelementptr i32, ptr %offs, i64 %h
  %hnext = add nuw nsw i64 %h, 1
  %b = getelementptr i32, ptr %offs, i64 %hnext
  %first32 = load i32, ptr %a
  %after32 = load i32, ptr %b
  %first64 = sext i32 %first32 to i64
  %after64 = sext i32 %after32 to i64
  %first = sub i64 %first64, %p0
  %after = sub i64 %after64, %p0
  %h32 = trunc i64 %h to i32
  br label %phead
phead:
  %p = phi i64 [ %first, %hopen ], [ %pnext, %pbody ]
  %pmore = icmp slt i64 %p, %after
  br i1 %pmore, label %pbody, label %hclose
pbody:
  %cell = getelementptr i32, ptr %hidx, i64 %p
  store i32 %h32, ptr %cell
  %pnext = add nsw i64 %p, 1
  br label %phead
hclose:
  br label %hhead
done:
  ret void
}
define private void @epilogue(i64 %nh, i64 %np, ptr noalias %hidx, ptr noalias %dh, ptr noalias %dp,
                              ptr noalias %out) {
entry:
  br label %phead
phead:
  %p = phi i64 [ 0, %entry ], [ %pnext, %pbody ]
  %pmore = icmp slt i64 %p, %np
  br i1 %pmore, label %pbody, label %middle
pbody:
  %hcell = getelementptr i32, ptr %hidx, i64 %p
  %h32 = load i32, ptr %hcell
  %h = sext i32 %h32 to i64
  %dcell = getelementptr i8, ptr %dp, i64 %p
  %d = load i8, ptr %dcell
  %target = getelementptr i8, ptr %dh, i64 %h
  %old = load i8, ptr %target
  %new = or i8 %old, %d
  store i8 %new, ptr %target
  %pnext = add nuw nsw i64 %p, 1
  br label %phead
middle:
  br label %qhead
qhead:
  %q = phi i64 [ 0, %middle ], [ %qnext, %qbody ]
  %qmore = icmp slt i64 %q, %nh
  br i1 %qmore, label %qbody, label %done
qbody:
  %scell = getelementptr i8, ptr %dh, i64 %q
  %s = load i8, ptr %scell
  %ocell = getelementptr i8, ptr %out, i64 %q
  %before = load i8, ptr %ocell
  %both = or i8 %before, %s
  store i8 %both, ptr %ocell
  %qnext = add nuw nsw i64 %q, 1
  br label %qhead
done:
  ret void
}
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
"""


@dataclass(frozen=True)
class Driver:
    """The driver's text and the layout it expects.

    Attributes:
        columns: arrays of the whole population, in the order of the pointer table; the doubt array comes last.
        person_bytes, household_bytes: scratch bytes for each person and household of a block.
        parameters: figures, in the order of the parameter array.
        slots: (function number, instruction) of each tolerance.
    """

    name: str
    text: str
    columns: tuple[Column, ...]
    person_bytes: int
    household_bytes: int
    parameters: tuple[object, ...]
    slots: tuple[tuple[int, int], ...]


class _Scratch:
    """Arrays of a block, reused as soon as no later loop reads them."""

    def __init__(self) -> None:
        self.free: dict[tuple[str, int], list[int]] = {}
        self.size = {"person": 0, "household": 0}
        self.at: dict[Column, int] = {}

    def take(self, column: Column) -> None:
        key = (column.entity, BYTES[column.kind])
        if self.free.get(key):
            self.at[column] = self.free[key].pop()
        else:
            self.at[column] = self.size[column.entity]
            self.size[column.entity] += BYTES[column.kind]

    def give_back(self, column: Column) -> None:
        self.free.setdefault((column.entity, BYTES[column.kind]), []).append(self.at[column])


def driver(
    functions: Sequence[Function],
    written: Sequence[Sequence[Column]],
    whole: Mapping[Column, str],
) -> Driver:
    """Return the driver of some loops.

    Args:
        functions: in order of execution.
        written: the columns that each function stores.
        whole: columns that live outside the block, with their dtypes (inputs, states, relations, results).
    """
    last: dict[Column, int] = {}
    for order, each in enumerate(functions):
        last.update(dict.fromkeys(each.columns, order))
    scratch = _Scratch()
    for fixed in (Column("hidx", "", "person", "f"), Column("doubt", "", "person", "b")):
        scratch.take(fixed)
    scratch.take(Column("doubt", "", "household", "b"))
    columns = list(dict.fromkeys(c for f in functions for c in f.columns if c in whole))
    index = {c: i for i, c in enumerate(columns)}
    lines: list[str] = []
    slots: list[tuple[int, int]] = []
    figures = 0  # each function has its own run in the array of figures
    for order, each in enumerate(functions):
        for column in written[order]:
            if column not in whole and column not in scratch.at:
                scratch.take(column)
        args = []
        for k, column in enumerate(each.columns):
            args.append(f"ptr %a{order}_{k}")
            at = "%h" if column.entity == "household" else "%p0"
            if column in whole:
                kind = IR_TYPES.get(whole[column], "i8")
                lines.append(f"  %a{order}_{k} = getelementptr {kind}, ptr %base{index[column]}, i64 {at}")
            else:
                lines.append(_scratch_pointer(f"%a{order}_{k}", scratch.at[column], column.entity))
        lines.append(f"  %par{order} = getelementptr double, ptr %par, i64 {figures}")
        figures += len(each.parameters)
        lines.append(f"  %tol{order} = getelementptr double, ptr %tol, i64 {len(slots)}")
        doubt = "%dh" if each.rows == "household" else "%dp"
        joined = "".join(f", {a}" for a in args)
        lines.append(
            f"  call void @{each.name}(i64 %nh, i64 %np, i64 %p0, ptr %offs, ptr %hidx, ptr %par{order}, "
            f"ptr %tol{order}, ptr {doubt}{joined})"
        )
        slots += [(order, i) for i, _ in each.slots]
        for column in dict.fromkeys(c for c in each.columns if c in scratch.at and last[c] == order):
            scratch.give_back(column)
    text = _text(functions, lines, len(columns))
    name = "drive_" + hashlib.sha256(text.encode()).hexdigest()[:24]
    return Driver(
        name,
        text.replace("@drive", f"@{name}", 1),
        tuple(columns),
        scratch.size["person"],
        scratch.size["household"],
        tuple(p for f in functions for p in f.parameters),
        tuple(slots),
    )


def _scratch_pointer(name: str, at: int, entity: str) -> str:
    unit, base = ("%maxp", "%scratch") if entity == "person" else ("%block", "%hscratch")
    step = f"{name}_o"
    return f"  {step} = mul i64 {unit}, {at}\n  {name} = getelementptr i8, ptr {base}, i64 {step}"


def _text(functions: Sequence[Function], lines: Sequence[str], columns: int) -> str:
    declared = {f.name: len(f.columns) for f in functions}
    declarations = "".join(f"declare void @{name}({_kinds(count)})\n" for name, count in declared.items())
    bases = "".join(
        f"  %slot{i} = getelementptr ptr, ptr %columns, i64 {i}\n  %base{i} = load ptr, ptr %slot{i}\n"
        for i in range(columns + 1)
    )
    return (
        PROLOGUE + declarations + "define void @drive(ptr %columns, ptr %offsets, ptr %par, ptr %tol, ptr %scratch, "
        "ptr %hscratch, ptr %next, i64 %count, i64 %share, i64 %block, i64 %maxp) {\nentry:\n"
        + bases
        + _scratch_pointer("%hidx", 0, "person") + "\n" + _scratch_pointer("%dp", 8, "person") + "\n"
        + _scratch_pointer("%dh", 0, "household")
        # threads take shares of the households from one counter, without asking Python for the next
        + "\n  br label %take\ntake:\n  %h0 = atomicrmw add ptr %next, i64 %share monotonic\n"
        "  %left = icmp slt i64 %h0, %count\n  br i1 %left, label %taken, label %done\ntaken:\n"
        "  %whole = add i64 %h0, %share\n  %beyond = icmp slt i64 %count, %whole\n"
        "  %h1 = select i1 %beyond, i64 %count, i64 %whole\n  br label %head\n"
        "head:\n  %h = phi i64 [ %h0, %taken ], [ %hend, %body ]\n"
        "  %more = icmp slt i64 %h, %h1\n  br i1 %more, label %body, label %take\nbody:\n"
        "  %full = add i64 %h, %block\n  %over = icmp slt i64 %h1, %full\n"
        "  %hend = select i1 %over, i64 %h1, i64 %full\n  %nh = sub i64 %hend, %h\n"
        "  %offs = getelementptr i32, ptr %offsets, i64 %h\n  %p32 = load i32, ptr %offs\n"
        "  %p0 = sext i32 %p32 to i64\n  %endcell = getelementptr i32, ptr %offs, i64 %nh\n"
        "  %end32 = load i32, ptr %endcell\n  %end = sext i32 %end32 to i64\n  %np = sub i64 %end, %p0\n"
        "  call void @prologue(i64 %nh, i64 %np, i64 %p0, ptr %offs, ptr %hidx, ptr %dh, ptr %dp)\n"
        + "\n".join(lines)
        + f"\n  %out = getelementptr i8, ptr %base{columns}, i64 %h\n"
        "  call void @epilogue(i64 %nh, i64 %np, ptr %hidx, ptr %dh, ptr %dp, ptr %out)\n"
        "  br label %head\ndone:\n  ret void\n}\n"
    )  # fmt: skip


def _kinds(columns: int) -> str:
    fixed = ", ".join(part.split()[0] for part in FIXED.split(", "))
    return fixed + ", ptr" * columns
