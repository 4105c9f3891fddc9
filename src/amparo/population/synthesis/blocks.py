"""A synthetic population as a stream of blocks, each from a random stream of its own, read by an ordinary mapping."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from amparo.errors import PopulationError
from amparo.policy import Country, Names
from amparo.population.flat import write_parquet
from amparo.population.grouping import Grouped
from amparo.population.mapping import Mapping
from amparo.population.mapping_file import load_mapping
from amparo.population.readers import assemble
from amparo.population.synthesis.care import carers
from amparo.population.synthesis.families import Ages, people
from amparo.population.synthesis.homes import Compositions, homes
from amparo.population.synthesis.incomes import incomes
from amparo.population.synthesis.margins import FOLDER, Margins, margins_of
from amparo.population.synthesis.survey import Survey, survey
from amparo.population.synthesis.traits import Columns, draw_traits
from amparo.population.synthesis.work import earned
from amparo.population.table import Population

HOUSEHOLDS = 1 << 14  # of a block: part of what a seed means, never to be changed by the size of the machine
AHEAD = 2  # blocks made while others wait
TOGETHER = 16  # blocks of a part of a stream: some 740,000 persons, a row group of the file
PREFIX = "synthetic:"
Told = Callable[[float], None]


def _silent(_share: float) -> None:
    pass


@dataclass(frozen=True)
class Synthesis:
    """What makes synthetic populations of one country: its margins, and the mapping from traits to declared inputs."""

    country: Country
    margins: Margins
    mapping: Mapping

    def population(self, persons: int, seed: int, *, threads: int = 2, report: Told = _silent) -> Population:
        """Return a population of exactly so many persons whose weights add up to the country's.

        One seed gives one population; a larger one begins with the same households.

        Args:
            persons: [1, …).
            seed: [0, …).
            threads: how many blocks are made at a time; it changes nothing in the result.
            report: told the share that is done.
        """
        return self._read(list(self._surveys(persons, seed, threads, report)), settle=True)

    def stream(self, persons: int, seed: int, *, threads: int = 2, report: Told = _silent) -> Iterator[Population]:
        """Yield the same population in parts of some blocks each, in memory that does not grow."""
        part: list[Survey] = []
        for each in self._surveys(persons, seed, threads, report):
            part.append(each)
            if len(part) == TOGETHER:
                yield self._read(part, settle=False)
                part = []
        if part:
            yield self._read(part, settle=False)

    def _read(self, blocks: list[Survey], *, settle: bool) -> Population:
        table = pa.concat_tables([b.table for b in blocks]).combine_chunks()
        sizes = np.concatenate([b.sizes for b in blocks])
        return assemble(Grouped(table, _offsets(sizes), None), self.mapping, self.country, settle=settle)

    def write(self, path: Path, persons: int, seed: int, *, threads: int = 2, report: Told = _silent) -> int:
        """Write the population to a Parquet file in the project's own form; return how many persons it has."""
        blocks = self.stream(persons, seed, threads=threads, report=report)
        return write_parquet(blocks, path, self.country, label(persons, seed))

    @property
    def assumptions(self) -> list[Names]:
        """What is assumed: by the structure of the generator, then by each input and relation, every text once."""
        said: list[Names] = list(self.margins.lists.get("assumptions", ()))
        of_inputs = [text for source in self.mapping.inputs.values() for text in source.assumptions]
        of_relations = [text for source in self.mapping.relations.values() for text in source.assumptions]
        for text in (*of_inputs, *of_relations):
            if text not in said:
                said.append(text)
        return said

    # ------------------------------------------------------------ blocks

    @cached_property
    def _compositions(self) -> Compositions:
        found = Compositions(self.margins)
        _ = (found.by_region, found.head_age, found.regions, found.communes, found.roles)  # before threads ask for them
        return found

    @cached_property
    def _ages(self) -> Ages:
        found = Ages(self.margins)
        _ = (found.partner_gap, found.women, found._tables)  # noqa: SLF001 - before threads ask for them
        return found

    def block(self, seed: int, number: int) -> Survey:
        """Return one block, whatever else is made."""
        rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, number])))
        who = homes(self._compositions, HOUSEHOLDS, rng)
        kin = people(who, self._ages, rng)
        money = incomes(who, kin, earned(who, kin, self.margins, rng), self.margins, rng)
        columns = Columns(who.home, len(who.size))
        made = survey(who, kin, money, self.margins, columns, rng)
        draw_traits(columns, self.margins, rng)
        carers(who, columns, self.margins, rng)
        return made.table(columns)

    def _surveys(self, persons: int, seed: int, threads: int, report: Told) -> Iterator[Survey]:
        """Yield blocks in order, numbered through, the last one cut to the persons asked for."""
        if persons < 1 or seed < 0:
            raise PopulationError(
                f"{persons} persons and seed {seed} make no population; ask for 1 or more, seed 0 up."
            )
        weight = self.margins["regions.persons"] / persons
        done = households = dwellings = 0
        _ = self._compositions, self._ages
        for made in self._ahead(seed, threads):
            last = done + made.persons >= persons
            part = made.cut(persons - done) if last else made
            yield part.numbered(households, dwellings, weight)
            done += part.persons
            report(min(done / persons, 1.0))
            if last:
                return
            households += len(part.sizes)
            dwellings += part.dwellings

    def _ahead(self, seed: int, threads: int) -> Iterator[Survey]:
        """Make blocks on some threads, and give them in order."""
        coming: deque[Future[Survey]] = deque()
        with ThreadPoolExecutor(threads) as pool:
            try:
                for number in range(threads + AHEAD):
                    coming.append(pool.submit(self.block, seed, number))
                while True:
                    made = coming.popleft().result()
                    coming.append(pool.submit(self.block, seed, number := number + 1))
                    yield made
            finally:
                for each in coming:
                    each.cancel()


def _offsets(sizes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    ends = np.cumsum(sizes)
    return np.concatenate([[0], ends]).astype(np.int32 if ends[-1] < 2**31 else np.int64)


def label(persons: int, seed: int) -> str:
    """Return the text that names a synthetic population: 'synthetic:PERSONS:SEED'."""
    return f"{PREFIX}{persons}:{seed}"


def synthesis_of(country: Country) -> Synthesis | None:
    """Return what makes a country's synthetic population; None where the country has no margins."""
    margins = margins_of(country)
    if margins is None:
        return None
    place = country.folder.joinpath("population", f"{FOLDER}.toml")
    with as_file(place) as path:
        mapping = load_mapping(path)
    mapping.check(country)
    return Synthesis(country, margins, mapping)
