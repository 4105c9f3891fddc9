"""Derive the margins of the synthetic Chile.

    python -m scripts.chile_margins FOLDER_OF_SURVEYS src/amparo/countries/chile/population/synthetic

Writes regions.toml, households.toml, people.toml, incomes.toml and targets_casen.toml. Each table says how it was
computed. A cell that stands on too few households of the sample is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.chile_margins.households import households
from scripts.chile_margins.incomes import incomes
from scripts.chile_margins.people import people
from scripts.chile_margins.regions import regions
from scripts.chile_margins.surveys import casen2020, casen2022
from scripts.chile_margins.targets import targets


def main(folder: Path, out: Path) -> None:
    """Write every file."""
    s20, s22 = casen2020(folder), casen2022(folder)
    regions(s20, s22, out)
    households(s20, s22, out)
    people(s20, s22, out)
    targets(s22, incomes(s22, out), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
