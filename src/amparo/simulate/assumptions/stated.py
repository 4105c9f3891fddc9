"""What a user states in a TOML file: a reform, a shock."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from amparo.errors import PolicyError, nearest
from amparo.texts import LANGUAGES


def read_stated(
    path: Path, what: str, parts: tuple[str, ...], number: Callable[[str], Any] = float
) -> dict[str, dict[str, Any]]:
    """Return the tables of a file by name, `names` always among them; `what` names the file in errors.

    Raises:
        PolicyError: no such file, no TOML, an unknown part (with the nearest), a part that is no table, a name
            that is no text in es, pt or en.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=number)
    except OSError as error:
        raise PolicyError(f"the {what} {path} cannot be read: {error.strerror}; is the path right?") from None
    except UnicodeDecodeError:
        raise PolicyError(f"the {what} {path} cannot be read: it is not UTF-8 text; save it so.") from None
    except (ValueError, RecursionError) as error:  # also a number or lists that Python itself gives up on
        raise PolicyError(f"the {what} {path} is no TOML: {error}.") from None
    for part, stated in raw.items():
        if part not in ("names", *parts):
            raise PolicyError(f"{path}: a {what} has no part '{part}'.{nearest(part, ['names', *parts])}")
        if not isinstance(stated, dict):
            raise PolicyError(f"{path}: {part} is {stated!r}; write it as a table, below a line [{part}].")
    named = raw.get("names", {})
    for language, text in named.items():
        if language not in LANGUAGES or not isinstance(text, str):
            raise PolicyError(f"{path}: names has {language} = {text!r}; write a text for each of es, pt and en.")
    first = next(filter(None, named.values()), path.stem)
    return {**raw, "names": {k: named.get(k) or first for k in LANGUAGES}}
