"""From LLVM IR to running machine code, each function cached as an object file under the hash of its text."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm


def default_cache() -> Path:
    """Return where object files are kept: AMPARO_CACHE, or the user's cache folder."""
    given = os.environ.get("AMPARO_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(given) if given else Path(base) / "amparo" / "kernels"


@cache
def _target() -> tuple[str, str, str]:
    """Set LLVM up once; return the processor, its features and the identity that the cache depends on."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    cpu, features = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
    identity = "\0".join([cpu, features, llvmlite.__version__, str(llvm.llvm_version_info), platform.machine()])
    return cpu, features, identity


def _machine() -> Any:
    cpu, features, _ = _target()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target.create_target_machine(cpu=cpu, features=features, opt=3, reloc="pic", codemodel="default", jit=True)


def _compiled(text: str, machine: Any) -> bytes:
    module = llvm.parse_assembly(text)
    module.triple = llvm.get_process_triple()
    module.data_layout = str(machine.target_data)
    module.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = True
    options.slp_vectorization = True
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    return bytes(machine.emit_object(module))


class Code:
    """Compiled functions of one kernel, kept alive together."""

    def __init__(
        self, texts: Sequence[str], exported: str, cache: Path | None, progress: Callable[[int, int], None] | None
    ) -> None:
        folder = cache or default_cache()
        machine = None
        self.compiled = 0
        library = llvm.JITLibraryBuilder()
        distinct = list(dict.fromkeys(texts))
        for done, text in enumerate(distinct):
            path = folder / (hashlib.sha256((_target()[2] + text).encode()).hexdigest() + ".o")
            found = _read(path)
            if found is None:
                machine = machine or _machine()
                found = _compiled(text, machine)
                self.compiled += 1
                _write(path, found)
            library.add_object_img(found)
            if progress:
                progress(done + 1, len(distinct))
        library.add_current_process()
        library.export_symbol(exported)
        self._jit = llvm.create_lljit_compiler(_machine())
        self._tracker = library.link(self._jit, exported)
        self.address = int(self._tracker[exported])


def _read(path: Path) -> bytes | None:
    """Return the object code of a cached file; None if there is none, or it is not what was once written."""
    try:
        seal, content = path.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    return content if seal == _seal(content) else None


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _write(path: Path, content: bytes) -> None:
    """Write at once or not at all: another process may be compiling the same function. A full disk is no error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(content) + b"\n" + content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
