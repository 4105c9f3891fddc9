"""The tracked list of planted bugs that nothing finds: by name, with the reason, kept true by the command and a test."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.mutation.verdicts import Verdicts

FILE = Path(__file__).with_name("claims.toml")
KINDS = ("survivor", "unanswered", "equivalent")


@cache
def listed() -> dict[str, list[dict[str, Any]]]:
    """Return the claims as they stand in the file: kind → programme, why, how, names."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def claimed(kind: str, programme: str) -> set[str]:
    """Return the names claimed for a programme."""
    return {name for c in listed().get(kind, []) if c["programme"] == programme for name in c["names"]}


def differences(found: Verdicts) -> Iterator[str]:
    """Yield a sentence for each bug that the file does not name as what it was found to be, or names and is killed."""
    programme = found.programme.rpartition("/")[2]
    now: list[Iterable[str]] = [found.survivors, found.unanswered, found.equivalent]
    for kind, names in zip(KINDS, now, strict=True):
        for name in sorted(set(names) - claimed(kind, programme)):
            yield f"{FILE.name} does not list as {kind}: {name}"
        for name in sorted(claimed(kind, programme) - set(names)):
            yield f"{FILE.name} lists as {kind} what is found, shown otherwise or gone: {name}"
