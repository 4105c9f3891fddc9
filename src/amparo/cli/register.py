"""amparo register: the law as pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amparo.cli.terminal import Lang, app, progress, save, screen, texts
from amparo.errors import PolicyError
from amparo.policy import countries, find_country
from amparo.register.written import register


@app.command(name="register")
def register_(
    folder: Annotated[Path, typer.Argument(help="where the pages are written")],
    country: Annotated[list[str] | None, typer.Argument(help="countries; all by default")] = None,
    lang: Lang = "",
) -> None:
    """Write the public register of rules: every programme's law beside its rules, figures, examples and guarantees."""
    say = texts(lang)
    if folder.exists() and not folder.is_dir():
        raise PolicyError(f"{folder} is a file; name a folder for the pages.")
    chosen = [find_country(key) for key in country or []] or list(countries().values())
    n = 0
    with progress(say) as report:
        for file, page in register(list(dict.fromkeys(chosen)), say.language, lambda share: report("register", share)):
            save(folder / file, page)
            n += 1
    screen.print(say("register_written", n=n, path=str(folder / "index.html")), soft_wrap=True, highlight=False)
