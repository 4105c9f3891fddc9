"""Processes that compute on demand, so that rounds of two engines can take turns within one run.

A worker reads one JSON message a line and answers with one. Nothing else here needs more than the standard library:
the peer's environment imports it too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent


class WorkerError(RuntimeError):
    """A worker could not do what it was asked."""


def serve(engine: object) -> None:
    """Answer each message {"do": name, …} with what the engine's method of that name returns, until the end of input.

    What a library prints goes to standard error; only answers go to standard output.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        message = json.loads(line)
        try:
            found = getattr(engine, message.pop("do"))(**message)
        except Exception as problem:  # noqa: BLE001 - whatever went wrong is the answer
            found = {"error": f"{type(problem).__name__}: {problem}"}
        answers.write(json.dumps(found) + "\n")
        answers.flush()


class Worker:
    """A running worker: `worker.call("round", outputs=[…])`."""

    def __init__(self, python: Path | str, module: str) -> None:
        self.name = module
        self.process = subprocess.Popen(
            [str(python), "-m", module], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, do: str, **arguments: Any) -> dict[str, Any]:
        """Ask for one thing and wait for the answer.

        Raises:
            WorkerError: the worker ended, or says that it could not.
        """
        if self.process.stdin is None or self.process.stdout is None:
            raise WorkerError(f"{self.name} has no pipes")
        try:
            self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise WorkerError(f"{self.name} ended before '{do}'; its last words are above") from None
        line = self.process.stdout.readline()
        if not line:
            raise WorkerError(f"{self.name} ended during '{do}' with status {self.process.wait()}")
        found: dict[str, Any] = json.loads(line)
        if "error" in found:
            raise WorkerError(f"{self.name} could not '{do}': {found['error']}")
        return found

    def __enter__(self) -> Self:
        """Use as a context."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the process and free its memory."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
