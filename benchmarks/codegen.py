"""Compare ways of turning an expression graph into machine code.

Seven variants compile the same seeded random graph (person columns, parameters that stay
run-time scalars, sums over households that later person nodes read back):

  A  Numba, one fused scalar function          B  Numba, one function per provision
  C  LLVM IR, one fused scalar function        D  LLVM IR, one function per provision
  E  LLVM IR, one function per provision, each LOOPING over a block of rows
  F  as E, but one function per level: all that can be done before the next household sum
  G  as F, but no function has more than 48 nodes: bounded compile time, smaller cache entries

Every variant runs in fresh child processes, so compile times are cold, and its outputs must
equal numpy's bit for bit. Run with `python -m benchmarks.codegen`; needs numpy, numba, llvmlite.
"""

import argparse
import ctypes
import hashlib
import importlib
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

import numpy as np

ROWS, SEED, INPUTS, PARAMS, PROVISION = 1_000_000, 7, 6, 20, 12
CUT, LIMIT, ROUNDS, THREADS = 48, 150, 9, 2

# One template per operation and target. min and max are compare-and-select everywhere, so that
# every target treats signed zeros and NaN alike.
PY = {
    "mul": "{0} * {1}",
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "floor": "np.floor({0})",
    "min": "({0} if {0} < {1} else {1})",
    "max": "({0} if {0} > {1} else {1})",
    "sel": "({2} if {0} < {1} else {3})",
}
NP = {
    **PY,
    "min": "np.where({0} < {1}, {0}, {1})",
    "max": "np.where({0} > {1}, {0}, {1})",
    "sel": "np.where({0} < {1}, {2}, {3})",
}
IR = {
    "mul": "%v{r} = fmul double {0}, {1}",
    "add": "%v{r} = fadd double {0}, {1}",
    "sub": "%v{r} = fsub double {0}, {1}",
    "floor": "%v{r} = call double @llvm.floor.f64(double {0})",
    "min": "%k{r} = fcmp olt double {0}, {1}\n%v{r} = select i1 %k{r}, double {0}, double {1}",
    "max": "%k{r} = fcmp ogt double {0}, {1}\n%v{r} = select i1 %k{r}, double {0}, double {1}",
    "sel": "%k{r} = fcmp olt double {0}, {1}\n%v{r} = select i1 %k{r}, double {2}, double {3}",
}


class Graph:
    """Nodes are (op, args, entity): entity P person, H household, S scalar parameter."""

    def __init__(self, size, seed=SEED):
        rng = np.random.default_rng(seed)
        self.nodes = [("in", (), "P")] * INPUTS + [("par", (), "S")] * PARAMS
        self.provisions = []  # (entity, arithmetic nodes, household sums)
        made, unused, sums = {"P": [], "H": []}, {"P": [], "H": []}, 0
        rate, amount = (
            lambda: int(rng.integers(INPUTS, INPUTS + 10)),
            lambda: int(rng.integers(INPUTS + 10, INPUTS + PARAMS)),
        )

        def pick(ent):  # an operand: mostly a recent node
            x = rng.random()
            if x < 0.15 or not made[ent]:
                return int(rng.integers(0, INPUTS)) if ent == "P" else amount()
            if x < 0.30:
                return amount()
            if x < 0.40 and ent == "P" and made["H"]:
                return use("H", int(rng.choice(made["H"][-8:])))
            return use(ent, int(rng.choice(made[ent][-40:] if x < 0.9 else made[ent])))

        def use(ent, v):
            if v in unused[ent]:
                unused[ent].remove(v)
            return v

        def new(op, args, ent):
            self.nodes.append((op, args, ent))
            v = len(self.nodes) - 1
            made[ent].append(v)
            unused[ent].append(v)
            return v

        while (count := len(self.nodes) - INPUTS - PARAMS) < size:
            ent = "H" if len(made["H"]) > 2 and rng.random() < 0.25 else "P"
            ids = []
            for _ in range(min(PROVISION, size - count)):
                op = rng.choice(
                    ["sel", "mul", "add", "sub", "min", "max", "floor"], p=[0.3, 0.2, 0.2, 0.08, 0.09, 0.09, 0.04]
                )
                # The first operand prefers a node nobody reads yet: little of the graph is dead.
                near = (rng.random() < 0.85 and unused[ent]) or made[ent] or range(INPUTS)
                a = use(ent, int(rng.choice(near)))
                if op == "sel":
                    left = int(rng.integers(0, INPUTS)) if ent == "P" and rng.random() < 0.5 else pick(ent)
                    args = (left, amount(), a, pick(ent))
                elif op == "mul":
                    args = (a, rate())
                elif op == "floor":
                    args = (a,)
                else:
                    args = (a, pick(ent))
                ids.append(new(str(op), args, ent))
            added = []
            while ent == "P" and 20 * (sums + 1) < len(self.nodes) and len(added) < 3:
                added.append(new("sum", (use("P", ids[-1 - len(added)]),), "H"))
                sums += 1
            self.provisions.append((ent, ids, added))
        self.outputs = {e: list(unused[e]) for e in "PH"}

    def levels(self, limit=10**9):
        """Regroup for a fused function: as few passes over a household's members as possible.

        A level of more than `limit` nodes is cut; its household sums then go with the last piece.
        """
        level, out = {}, {}
        for v, (op, args, ent) in enumerate(self.nodes):
            level[v] = max([level[a] for a in args], default=0) + (op == "sum")
            if op not in ("in", "par"):
                key = (level[v] - 1, "P", 2) if op == "sum" else (level[v], ent, 1)
                group = out.setdefault((key[0], "HP".index(key[1])), (key[1], [], []))
                group[key[2]].append(v)
        return [
            (ent, ids[i : i + limit], sums if i + limit >= len(ids) else [])
            for ent, ids, sums in (out[k] for k in sorted(out))
            for i in range(0, len(ids), limit)
        ]


class Plan:
    """Groups of nodes in order, and which scratch column holds each value that crosses groups."""

    def __init__(self, graph, groups, block):
        self.graph, self.groups, self.block = graph, groups, block
        home, last = {}, {}
        for k, (_, ids, sums) in enumerate(groups):
            for v in ids + sums:
                home[v] = k
                for a in graph.nodes[v][1]:
                    # In a block a sum is a loop of its own, so its operand needs a column.
                    if a in home and (home[a] != k or (block and v in sums)):
                        last[a] = k
        # Reuse columns once dead, so that the working set of a block stays in the L2 cache. Free
        # only after the whole group: within one function all pointers must differ (noalias).
        self.slot, self.width = {}, {"P": 0, "H": 0}
        free = {"P": [], "H": []}
        for k, (_, ids, sums) in enumerate(groups):
            for v in ids + sums:
                e = graph.nodes[v][2]
                if v in last:
                    self.slot[v] = free[e].pop() if free[e] else self.width[e]
                    self.width[e] = max(self.width[e], self.slot[v] + 1)
            for v in [v for v in last if last[v] == k]:
                free[graph.nodes[v][2]].append(self.slot[v])

    def column(self, v):
        """Base array, row, and name of the stride, for the column that holds node v."""
        op, _, ent = self.graph.nodes[v]
        if op == "in":
            return "x", v, "P"
        if v in self.graph.outputs[ent]:
            return (
                ("yp", self.graph.outputs["P"].index(v), "P")
                if ent == "P"
                else ("yh", self.graph.outputs["H"].index(v), "H")
            )
        return ("sp", self.slot[v], "sps") if ent == "P" else ("sh", self.slot[v], "shs")

    def stored(self, v):
        return v in self.slot or v in self.graph.outputs[self.graph.nodes[v][2]]

    def reads(self, k):
        _, ids, sums = self.groups[k]
        inner = set(ids)
        return sorted({a for v in ids + sums for a in self.graph.nodes[v][1]} - inner)


# ---------------------------------------------------------------- Numba: A and B
def numba_source(plan, fused):
    g, head = plan.graph, "h, a, n, x, par, yp, yh, sp, sh"
    text = ["import numpy as np", "from numba import njit"]
    params = [f"v{v} = par[{v - INPUTS}]" for v in range(INPUTS, INPUTS + PARAMS)]
    at = {"x": "a + i", "yp": "a + i", "sp": "i", "yh": "h"}

    def ref(v):
        base, row, _ = plan.column(v)
        return f"{base}[{row}]" if base == "sh" else f"{base}[{row}, {at[base]}]"

    def group(k):
        ent, ids, sums = plan.groups[k]
        person = ent == "P"
        before, loop = [], []
        for v in plan.reads(k):
            kind = g.nodes[v][2]
            if kind == "S":
                before += [] if fused else [params[v - INPUTS]]
            elif kind == "P":
                loop.append(f"v{v} = {ref(v)}")
            elif not fused:
                before.append(f"v{v} = {ref(v)}")
        for v in ids:
            loop.append(f"v{v} = " + PY[g.nodes[v][0]].format(*(f"v{a}" for a in g.nodes[v][1])))
            if plan.stored(v) and (person or not fused or v not in plan.slot):
                loop.append(f"{ref(v)} = v{v}")
        loop += [f"v{v} += v{g.nodes[v][1][0]}" for v in sums]
        before += [f"v{v} = 0.0" for v in sums]
        after = [f"{ref(v)} = v{v}" for v in sums if plan.stored(v) and (not fused or v not in plan.slot)]
        return before + (["for i in range(n):"] + [" " + s for s in loop] if person else loop) + after

    if not fused:
        for k in range(len(plan.groups)):
            text += ["@njit(cache=True)", f"def g{k}({head}):"] + [" " + s for s in group(k)]
    text += ["@njit(nogil=True, cache=True)", "def drive(h0, h1, off, x, par, yp, yh, sp, sh):"]
    text += [" " + s for s in params] if fused else []
    text += [" for h in range(h0, h1):", "  a = off[h]", "  n = off[h + 1] - a"]
    for k in range(len(plan.groups)):
        text += ["  " + s for s in group(k)] if fused else [f"  g{k}({head})"]
    return "\n".join(text) + "\n"


# ---------------------------------------------------------------- LLVM IR: C, D and E
DRIVE = (
    "i64 %h0, i64 %h1, i64 %step, ptr noalias %off, ptr noalias %hidx0, ptr noalias %x0, i64 %P, "
    "ptr noalias %par, ptr noalias %yp0, ptr noalias %yh0, i64 %H, ptr noalias %sp, i64 %sps, "
    "ptr noalias %sh, i64 %shs"
)
SCALAR = (
    "i64 %n, ptr noalias %x, i64 %P, ptr noalias %par, ptr noalias %yp, ptr noalias %yh, i64 %H, "
    "ptr noalias %sp, i64 %sps, ptr noalias %sh, i64 %shs"
)


def ir_group(plan, k, env):
    """IR of one group as (signature, call, body). env: values a fused function already holds."""
    g, (ent, ids, sums) = plan.graph, plan.groups[k]
    block, person, out, fused = plan.block, ent == "P", [], env is not None
    env = {} if env is None else env
    reads = plan.reads(k)
    cols = [v for v in reads if g.nodes[v][2] != "S"] + [v for v in ids + sums if plan.stored(v)]
    used = [v for v in dict.fromkeys(cols) if not (fused and g.nodes[v][2] == "H" and v in plan.slot)]

    def access(v, index, what, tag=""):  # what: a load's result or the value to store
        out.append(f"%q{k}_{v}{tag} = getelementptr double, ptr %c{k}_{v}, i64 {index}")
        out.append(
            f"{what} = load double, ptr %q{k}_{v}{tag}"
            if what.startswith("%l")
            else f"store double {what}, ptr %q{k}_{v}{tag}"
        )

    def loop(name, count, came, phis=()):
        out.extend(
            [
                f"br label %{name}{k}",
                f"{name}{k}:",
                f"%{name}i{k} = phi i64 [0, %{came}{k}], [%{name}j{k}, %{name}{k}]",
                *phis,
            ]
        )
        return f"%{name}i{k}", lambda: out.extend(
            [
                f"%{name}j{k} = add nuw nsw i64 %{name}i{k}, 1",
                f"%{name}e{k} = icmp eq i64 %{name}j{k}, {count}",
                f"br i1 %{name}e{k}, label %{name}end{k}, label %{name}{k}",
                f"{name}end{k}:",
            ]
        )

    def household(index, tag=""):  # position of a person's household in the block
        out.extend(
            [
                f"%hp{tag} = getelementptr i32, ptr %hidx, i64 {index}",
                f"%hg{tag} = load i32, ptr %hp{tag}",
                f"%hl{tag} = sub i32 %hg{tag}, %hfirst",
                f"%hi{tag} = sext i32 %hl{tag} to i64",
            ]
        )
        return f"%hi{tag}"

    out += [f"br label %pre{k}", f"pre{k}:"]
    if not block:  # base of each column; in a block it is an argument
        for v in used:
            base, row, stride = plan.column(v)
            out += [
                f"%m{k}_{v} = mul i64 %{stride}, {row}",
                f"%c{k}_{v} = getelementptr double, ptr %{base}, i64 %m{k}_{v}",
            ]
    name = dict(env)
    for v in reads:
        if g.nodes[v][2] == "S" and v not in env:
            name[v] = f"%w{v}"
            out += [f"%wp{v} = getelementptr double, ptr %par, i64 {v - INPUTS}", f"%w{v} = load double, ptr %wp{v}"]
        elif g.nodes[v][2] == "H" and v not in env and not block:
            name[v] = f"%l{k}_{v}"
            access(v, 0, name[v])
    index, close = "0", lambda: None
    if person or block:  # all loops run at least once: nothing is empty
        phis = [] if block else [f"%a{v} = phi double [0.0, %pre{k}], [%v{v}, %body{k}]" for v in sums]
        index, close = loop("body", "%n" if person else "%nh", "pre", phis)
    gather = household(index) if block and person and any(g.nodes[v][2] == "H" for v in reads) else index
    for v in reads:
        if v not in name:
            name[v] = f"%l{k}_{v}"
            access(v, gather if g.nodes[v][2] == "H" else index, name[v])
    name.update({v: f"%v{v}" for v in ids + sums})
    for v in ids:
        out.append(IR[g.nodes[v][0]].format(*(name[a] for a in g.nodes[v][1]), r=v))
        if v in used and plan.stored(v):
            access(v, index, name[v])
    if not block:
        out += [f"%v{v} = fadd double %a{v}, {name[g.nodes[v][1][0]]}" for v in sums]
    close()
    if block and sums:  # apart from the main loop, which can then vectorise
        i, end = loop("zero", "%nh", "bodyend")
        for v in sums:
            access(v, i, "0.0", "z")
        end()
        i, end = loop("add", "%n", "zeroend")
        at = household(i, "s")
        for v in sums:
            access(g.nodes[v][1][0], i, f"%ls{v}", "s")
            access(v, at, f"%la{v}", "s")
            out.append(f"%ss{v} = fadd double %la{v}, %ls{v}")
            out.append(f"store double %ss{v}, ptr %q{k}_{v}s")
        end()
    elif not block:
        for v in sums:
            if v in used:
                access(v, 0, name[v], "t")
    if fused:
        env.update({v: f"%v{v}" for v in ids + sums if g.nodes[v][2] == "H"})
    if not block:
        return SCALAR, SCALAR.replace(" noalias", ""), out
    fixed = "i64 %n, i64 %nh, i32 %hfirst, ptr noalias %hidx, ptr noalias %par"
    return (
        ", ".join([fixed] + [f"ptr noalias %c{k}_{v}" for v in used]),
        ", ".join([fixed.replace(" noalias", "")] + [f"ptr %c{k}_{v}" for v in used]),
        out,
    )


def ir_modules(plan, fused, width=""):
    """[(function name, module text)], the driver last. Functions are named by their content."""
    decl, attr = "declare double @llvm.floor.f64(double)\n", f'"prefer-vector-width"="{width}"' if width else ""
    mods, calls, env, declared = [], [], {} if fused else None, []
    drive = (
        [
            f"%wp{v} = getelementptr double, ptr %par, i64 {v - INPUTS}\n%w{v} = load double, ptr %wp{v}"
            for v in range(INPUTS, INPUTS + PARAMS)
        ]
        if fused
        else []
    )
    if fused:
        env.update({v: f"%w{v}" for v in range(INPUTS, INPUTS + PARAMS)})
    for k in range(len(plan.groups)):
        sign, call, body = ir_group(plan, k, env)
        if fused:
            calls += body
            continue
        # Rename by order of appearance: the cache key must not depend on the place in the law.
        names = {}
        text = re.sub(
            r"%(\w+)|^(\w+)(?=:)",
            lambda m: ("%" if m[1] else "") + names.setdefault(m[1] or m[2], f"z{len(names)}"),
            f"({sign}) {attr} {{\nentry:\n" + "\n".join(body) + "\nret void\n}\n",
            flags=re.MULTILINE,
        )
        name = "f" + hashlib.sha256(text.encode()).hexdigest()[:20]
        mods.append((name, f"{decl}define void @{name}{text}"))
        declared.append(f"declare void @{name}({', '.join(s.rsplit(' ', 1)[0] for s in sign.split(', '))})\n")
        for v in [int(s.split("_")[1]) for s in call.split(", ") if "_" in s]:
            base, row, stride = plan.column(v)
            calls += [
                f"%m{k}_{v} = mul i64 %{stride}, {row}",
                f"%c{k}_{v} = getelementptr double, ptr %{base}, i64 %m{k}_{v}",
            ]
        calls.append(f"call void @{name}({call})")
    drive += [
        "br label %next",
        "next:",
        "%h = phi i64 [%h0, %entry], [%he, %last]",
        "%ht = add i64 %h, %step",
        "%hc = icmp slt i64 %ht, %h1",
        "%he = select i1 %hc, i64 %ht, i64 %h1",
        "%nh = sub i64 %he, %h",
        "%hfirst = trunc i64 %h to i32",
        "%oa = getelementptr i32, ptr %off, i64 %h",
        "%pa = load i32, ptr %oa",
        "%ob = getelementptr i32, ptr %off, i64 %he",
        "%pb = load i32, ptr %ob",
        "%p0 = sext i32 %pa to i64",
        "%p1 = sext i32 %pb to i64",
        "%n = sub i64 %p1, %p0",
        "%hidx = getelementptr i32, ptr %hidx0, i64 %p0",
        "%x = getelementptr double, ptr %x0, i64 %p0",
        "%yp = getelementptr double, ptr %yp0, i64 %p0",
        "%yh = getelementptr double, ptr %yh0, i64 %h",
        *calls,
        "br label %last",
        "last:",
        "%more = icmp slt i64 %he, %h1",
        "br i1 %more, label %next, label %stop",
        "stop:",
        "ret void",
        "}",
    ]
    mods.append(
        (
            "drive",
            decl
            + "".join(dict.fromkeys(declared))
            + f"define void @drive({DRIVE}) {{\nentry:\n"
            + "\n".join(drive)
            + "\n",
        )
    )
    return mods


def llvm_drive(modules, cache):
    """Compile what the cache lacks, one object per function; link them all; return the driver."""
    import llvmlite
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    cpu, features = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
    machine = llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(
        cpu=cpu, features=features, opt=3, reloc="pic", codemodel="default", jit=True
    )
    library = llvm.JITLibraryBuilder().add_current_process()  # for memset, which loops turn into
    for name, text in modules:
        key = hashlib.sha256("\0".join([text, cpu, features, llvmlite.__version__]).encode()).hexdigest()
        path = os.path.join(cache, key + ".o")
        if not os.path.exists(path):
            module = llvm.parse_assembly(text)
            options = llvm.create_pipeline_tuning_options(speed_level=3)
            options.loop_vectorization = options.slp_vectorization = True
            llvm.create_pass_builder(machine, options).getModulePassManager().run(
                module, llvm.create_pass_builder(machine, options)
            )
            with open(path + ".new", "wb") as f:
                f.write(machine.emit_object(module))
            os.replace(path + ".new", path)
        library.add_object_file(path)
    jit = llvm.create_lljit_compiler(machine)
    tracker = library.export_symbol("drive").link(jit, "law")
    i64, ptr = ctypes.c_int64, ctypes.c_void_p
    call = ctypes.CFUNCTYPE(None, i64, i64, i64, ptr, ptr, ptr, i64, ptr, ptr, ptr, i64, ptr, i64, ptr, i64)(
        tracker["drive"]
    )
    call.keep = jit, tracker  # both own the code
    return call


# ---------------------------------------------------------------- one child process
def population(rows):
    rng = np.random.default_rng(SEED)
    off = np.r_[0, np.cumsum(rng.choice(6, rows, p=[0.2, 0.25, 0.2, 0.2, 0.1, 0.05]) + 1)]
    off = np.r_[off[off < rows], rows].astype(np.int32)
    x = np.stack(
        [rng.exponential(s, rows) for s in (1500, 800, 300)]
        + [rng.integers(0, m, rows).astype(float) for m in (90, 60, 2000)]
    )
    return off, np.repeat(np.arange(len(off) - 1, dtype=np.int32), np.diff(off)), x


def reference(graph, off, hidx, x, par, h0, h1):
    """The graph in numpy for households h0 to h1: {output node: values}."""
    a, b, val = off[h0], off[h1], {}
    scope = {"np": np}
    for v, (op, args, ent) in enumerate(graph.nodes):
        if op in ("in", "par"):
            val[v] = x[v, a:b] if op == "in" else par[v - INPUTS]
        elif op == "sum":  # bincount adds in row order, as the kernels do
            val[v] = np.bincount(hidx[a:b] - h0, val[args[0]], h1 - h0)
        else:
            val[v] = eval(
                NP[op].format(*(f"q[{i}]" for i in range(len(args)))),
                scope,
                {"q": [val[i][hidx[a:b] - h0] if graph.nodes[i][2] == "H" and ent == "P" else val[i] for i in args]},
            )
    return val


def child(variant, size, rows_per_block, width, cache):
    graph, block, fused = Graph(size), variant in "EFG", variant in "AC"
    off, hidx, x = population(ROWS)
    H, par = len(off) - 1, np.r_[np.linspace(0.05, 0.6, 10), np.geomspace(50, 3000, 10)]
    started = time.perf_counter()  # compile time counts from here, imports included
    plan = Plan(graph, graph.provisions if variant in "BDE" else graph.levels(CUT if variant == "G" else 10**9), block)
    if variant in "AB":
        source = numba_source(plan, fused)
        module = f"law_{variant}_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
        path = os.path.join(cache, module + ".py")  # a named file: Numba cannot reload others
        if not os.path.exists(path):  # and its cache is keyed by the time stamp
            with open(path, "w") as f:
                f.write(source)
        sys.path.insert(0, cache)
        call = importlib.import_module(module).drive
    else:
        call = llvm_drive(ir_modules(plan, fused, width), cache)
    step = max(1, rows_per_block // 3) if block else 1
    most = int((off[np.minimum(np.arange(H) + step, H)] - off[:-1]).max())
    yp, yh = (np.full((max(1, len(graph.outputs[e])), n), np.nan) for e, n in (("P", ROWS), ("H", H)))

    def run(h0, h1, sp, sh):
        if variant in "AB":
            call(h0, h1, off, x, par, yp, yh, sp, sh)
        else:
            call(
                h0,
                h1,
                step,
                *(i.ctypes.data for i in (off, hidx, x)),
                ROWS,
                par.ctypes.data,
                yp.ctypes.data,
                yh.ctypes.data,
                H,
                sp.ctypes.data,
                most,
                sh.ctypes.data,
                step,
            )

    scratch = [
        (np.zeros((max(1, plan.width["P"]), most)), np.zeros(max(1, plan.width["H"]) * step)) for _ in range(THREADS)
    ]
    run(0, 1, *scratch[0])
    print(time.perf_counter() - started, flush=True)
    for line in sys.stdin:  # the parent interleaves the rounds of all variants
        if line == "run\n":
            chunks, begun = iter(range(0, H, 9000)), time.perf_counter()
            threads = [
                threading.Thread(target=lambda s=s: [run(h, min(h + 9000, H), *s) for h in chunks]) for s in scratch
            ]
            for t in threads:
                t.start()
            for t in threads:
                t.join()
            print((time.perf_counter() - begun) * 1e3, flush=True)
        else:
            for h0 in range(0, H, 20_000):
                val = reference(graph, off, hidx, x, par, h0, h1 := min(h0 + 20_000, H))
                for e, y, a, b in (("P", yp, off[h0], off[h1]), ("H", yh, h0, h1)):
                    for i, v in enumerate(graph.outputs[e]):
                        if not (np.isfinite(val[v]).all() and np.array_equal(val[v], y[i, a:b])):
                            sys.exit(f"{variant}: node {v} differs from numpy")
            print(0.0, flush=True)


# ---------------------------------------------------------------- the parent
class Variant:
    def __init__(self, name, size, rows_per_block=1024, width=""):
        self.name, self.size, self.times = name, size, []
        with tempfile.TemporaryDirectory() as cache:
            args = [sys.executable, __file__, "--child", name, str(size), str(rows_per_block), width, cache]
            self.label = name if name not in "EFG" else f"{name} {rows_per_block}{width and ' x' + width}"
            self.start(args)
            self.cold = self.read()
            self.process.kill()
            self.cached = None
            if self.cold:
                self.start(args)
                self.cached = self.read()

    def start(self, args):
        self.process = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self):
        timer = threading.Timer(LIMIT, self.process.kill)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        return float(line) if line else None

    def ask(self, what):
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        return self.read()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 400, 1500])
    parser.add_argument("--variants", default="ABCDEFG")
    args = parser.parse_args()
    print(f"{'variant':14}{'nodes':>6}{'cold s':>9}{'cached s':>10}{'run ms':>9}{'ratio':>8}")
    for size in args.sizes:
        todo = [(name,) for name in args.variants]
        if size == 400 and "E" in args.variants:  # block sizes, and 512-bit vectors
            todo += [("E", 256), ("E", 4096), ("E", 1024, "512"), ("F", 256), ("F", 4096)]
        variants = [Variant(name, size, *rest) for name, *rest in todo]
        alive = [v for v in variants if v.cached]
        for _ in range(ROUNDS):
            for v in alive:
                v.times.append(v.ask("run"))
        best = min(min(v.times) for v in alive)
        for v in variants:
            if v not in alive:
                print(f"{v.label:14}{v.size:6}   no result in {LIMIT} s")
                continue
            ok = v.ask("check") is not None
            v.process.stdin.close()
            print(
                f"{v.label:14}{v.size:6}{v.cold:9.2f}{v.cached:10.2f}{min(v.times):9.1f}{min(v.times) / best:8.2f}"
                + ("" if ok else "   WRONG"),
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5], sys.argv[6])
    else:
        main()
