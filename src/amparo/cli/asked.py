"""What `amparo measure` was asked: which measure, and which of the file's columns are its arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from amparo import measures
from amparo.errors import MeasureError, nearest
from amparo.measures import Measure, RelativeLine, SurveyDesign, Weights, bootstrap, jackknife
from amparo.population.sources import open_table

SEED = 1
# What --income is: the first of these that a measure takes.
INCOMES = (
    "income",
    "values",
    "before",
    "welfare",
    "baseline",
    "without",
)
FLAGS = ("target", "reference", "student", "retired")  # columns of 0 and 1
DESIGN = ("weight", "stratum", "cluster", "household")
OWN = (
    "design",
    "domain",
    "design_after",
    "domain_after",
    "measure",
)  # of the command or the library, not of the reader
ANSWERS = ("deprivations", "intensity", "items", "poor", "score")  # of these a missing part is a missing answer
# Arguments that are several columns, given one by one as NAME.PART=COLUMN, and what puts them together.
TOGETHER: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("amounts", "deprivations", "items", "sources"), dict),
    "concepts": measures.income_concepts,
    "intensity": measures.work_intensity,
    "poor": lambda **years: np.column_stack(list(years.values())),
    "score": lambda **dimensions: measures.deprivation_score(dimensions),
}


def offered() -> dict[str, Callable[..., Any]]:
    """Return everything that measures a sample of persons, by name."""
    found = {}
    for name in measures.__all__:
        each = getattr(measures, name)
        if callable(each) and not inspect.isclass(each):
            wanted = inspect.signature(each).parameters
            if "design" in list(wanted)[1:] and "measure" not in list(wanted)[:1]:
                found[name] = each
    return {name: each for name, each in found.items() if _gives_estimates(each)}


def _gives_estimates(each: Callable[..., Any]) -> bool:
    return isinstance(each, Measure) or "ndarray" not in str(inspect.signature(each).return_annotation)


def needs(name: str) -> list[str]:
    """Return how the arguments of a measure are given that it cannot do without."""
    wanted = _arguments(offered()[name])
    income = _income(wanted)
    return [_spelt(k, income) for k, p in wanted.items() if p.default is p.empty]


def _spelt(argument: str, income: str) -> str:
    if argument == income:
        return "--income"
    if argument == "group":
        return "--by"
    if argument == "line":
        return "--line"
    return f"--with {argument}{'.PART' if argument in TOGETHER else ''}="


def _arguments(chosen: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return {name: p for name, p in inspect.signature(chosen).parameters.items() if name not in OWN}


def _income(wanted: Mapping[str, Any]) -> str:
    return next((name for name in INCOMES if name in wanted), "")


@dataclass(frozen=True)
class Sample:
    """The arguments of a measure, the sample that they come from, and the rows in which none of them is missing."""

    arguments: dict[str, Any]
    group: Any  # [n] the labels of --by, or None
    design: Weights
    complete: Any
    left_out: int


@dataclass(frozen=True)
class Asked:
    """A measure with what was said of its arguments, each an amount, a word or the name of a column.

    Args:
        name:    of the measure.
        texts:   argument, or argument.part → as written.
        by:      column of groups, "" without.
        drawn:   part of the design → column, "" without.
        clusters: clusters that the population has in a row's stratum: an amount or a column, "" where many.
        single:  what a stratum of one cluster counts for.
        variance: linear, jackknife or bootstrap:REPLICATES.
    """

    name: str
    texts: Mapping[str, str]
    by: str
    drawn: Mapping[str, str]
    clusters: str
    single: str
    variance: str

    @classmethod
    def of(
        cls, name: str, income: str, line: str, by: str, more: Sequence[str], drawn: Mapping[str, str], **rest: str
    ) -> Asked:
        """Return what was asked, if the measure takes it.

        Raises:
            MeasureError: no such measure, an argument that it does not take, or one that it needs is missing.
        """
        every = offered()
        if name not in every:
            raise MeasureError(f"no measure is called '{name}'.{nearest(name, every)} `amparo measure --list` has all.")
        wanted = _arguments(every[name])
        first = _income(wanted)
        texts = {argument: text for argument, text in ((first, income), ("line", line)) if text and argument}
        if income and not first:
            raise MeasureError(f"{name} takes no --income; leave it out.")
        for each in more:
            argument, sign, text = each.partition("=")
            if not sign or not text:
                raise MeasureError(f"--with is '{each}'; write NAME=COLUMN or NAME=FIGURE, such as --with share=0.6.")
            texts[argument] = text
        for argument in texts:
            whole = argument.partition(".")[0]
            if whole not in wanted or ("." in argument) != (whole in TOGETHER):
                way = " as NAME.PART=COLUMN" if whole in TOGETHER else ""
                option = "--line" if argument == "line" else f"'{argument}'"
                takes = ", ".join(_spelt(k, first) for k in wanted)
                raise MeasureError(f"{name} takes no {option}{way and f' but{way}'}; it takes {takes}.")
        if by and not isinstance(every[name], Measure) and "group" not in wanted:
            raise MeasureError(f"{name} takes no --by; leave it out.")
        given = {argument.partition(".")[0] for argument in texts} | ({"group"} if by else set())
        for argument, p in wanted.items():
            if p.default is p.empty and argument not in given:
                raise MeasureError(f"{name} needs {_spelt(argument, first)}.")
        return cls(name, texts, by, drawn, **rest)

    def read(self, file: Path) -> Sample:
        """Read the columns. Without its place in the design a row is dropped; without an argument it is not measured.

        Raises:
            AmparoError: an unreadable file, an absent column, or a design that makes no sense.
        """
        wanted = _arguments(offered()[self.name])
        columns = {argument: text for argument, text in self.texts.items() if self._is_column(argument, text, wanted)}
        drawn = {part: column for part, column in self.drawn.items() if column}
        more = [self.by] if self.by else []
        places = [*drawn.values(), *([self.clusters] if self.clusters and not _amount(self.clusters) else [])]
        names = list(dict.fromkeys([*columns.values(), *more, *places]))
        table = open_table(file, names) if names else None
        if table is None:
            raise MeasureError(f"no column of {file.name} is named; name at least one, such as --income COLUMN.")
        empty = {each: np.asarray(table.column(each).combine_chunks().is_null(nan_is_null=True)) for each in names}
        lost = np.logical_or.reduce([empty[each] for each in places], initial=False, axis=0)
        kept = np.broadcast_to(~lost, table.num_rows)
        held = {each: _filled(table.column(each).combine_chunks())[kept] for each in names}
        single = [column for argument, column in columns.items() if argument.partition(".")[0] not in ANSWERS]
        missing = np.logical_or.reduce([empty[each][kept] for each in [*single, *more, *places]], axis=0)
        design = self._design(held, drawn, int(kept.sum()))
        arguments: dict[str, Any] = {}
        for argument, text in self.texts.items():
            value = held[text] if argument in columns else self._figure(argument, text)
            whole, _, part = argument.partition(".")
            if argument in columns and (part or whole) in FLAGS:
                value = _flags(argument, value)
            elif argument in columns and value.dtype.kind in "iuf":
                value = np.where(empty[text][kept], np.nan, value)
            if part:
                arguments.setdefault(whole, {})[part] = value
            else:
                arguments[argument] = value
        for whole in arguments.keys() & TOGETHER.keys():
            arguments[whole] = _together(whole, arguments[whole])
        complete = np.broadcast_to(~missing, int(kept.sum()))
        if self._draws_its_line(arguments, wanted):
            arguments["reference"] = complete
        left_out = table.num_rows - int(complete.sum())
        return Sample(arguments, held[self.by] if self.by else None, design, complete, left_out)

    def _is_column(self, argument: str, text: str, wanted: Mapping[str, inspect.Parameter]) -> bool:
        if argument == "line" and "*" in text:
            return False
        if argument == _income(wanted):  # nobody measures one figure, but a column may be called 2022
            return True
        word = isinstance(wanted[argument].default, str) if argument in wanted else argument == "concepts.at"
        return not word and not all(map(_amount, text.split(",")))

    def _draws_its_line(self, arguments: Mapping[str, Any], wanted: Mapping[str, inspect.Parameter]) -> bool:
        """Return whether the measure makes its line of the incomes themselves, of whom those that are known count."""
        given = arguments.get("line")
        free = "reference" in wanted and wanted["reference"].default is None and "reference" not in arguments
        return free and ("line" not in wanted or isinstance(given, RelativeLine))

    def _figure(self, argument: str, text: str) -> Any:
        if argument == "line" and "*" in text:
            return _relative(text)
        if "," in text and all(map(_amount, text.split(","))):
            return tuple(map(float, text.split(",")))
        return int(text) if text.isdecimal() else float(text) if _amount(text) else text

    def _design(self, held: Mapping[str, Any], drawn: Mapping[str, str], rows: int) -> Weights:
        given = {part: held[column] for part, column in drawn.items()}
        if self.clusters:
            given["population"] = float(self.clusters) if _amount(self.clusters) else held[self.clusters]
        design = SurveyDesign(given.pop("weight", np.ones(rows)), **given, single=self.single)  # type: ignore[arg-type]
        method, _, replicates = self.variance.partition(":")
        if method == "bootstrap" and (replicates or "300").isdecimal():
            return bootstrap(design, int(replicates or 300), seed=SEED)
        if self.variance == "jackknife":
            return jackknife(design)
        if self.variance != "linear":
            raise MeasureError(f"--variance is '{self.variance}'; write linear, jackknife, bootstrap or bootstrap:300.")
        return design


def parts_of(found: Any, label: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the estimates of a result with what each is called: its place in lists, tables and tuples."""
    if isinstance(found, measures.Estimate):
        yield label, found
    elif isinstance(found, Mapping):
        for name, each in found.items():
            yield from parts_of(each, f"{label} {name}".strip())
    elif hasattr(found, "_asdict") or is_dataclass(found):
        fields = found._asdict() if hasattr(found, "_asdict") else dict(vars(found))
        points = fields.pop("points", None)  # of a curve
        names = [str(each) for each in takewhile(lambda each: isinstance(each, (str, int, float)), fields.values())]
        for name, each in fields.items():
            if isinstance(each, tuple) and points is not None:
                for point, estimate in zip(points, each, strict=True):
                    yield from parts_of(estimate, f"{label} {point:g}".strip())
            else:
                yield from parts_of(each, " ".join([*([label] if label else []), *names, name]))
    elif isinstance(found, (list, tuple)):
        for each in found:
            yield from parts_of(each, label)


def _amount(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _relative(text: str) -> RelativeLine:
    """Return the line that 0.6*median, 0.5*mean or 0.6*p40 is."""
    share, _, of = text.partition("*")
    if _amount(share) and of in {"median", "mean"}:
        return RelativeLine(float(share), "mean" if of == "mean" else "median")
    if _amount(share) and of[:1] == "p" and _amount(of[1:]):
        return RelativeLine(float(share), float(of[1:]) / 100)
    raise MeasureError(f"--line is '{text}'; write an amount, a column, 0.6*median, 0.5*mean or 0.6*p40.")


def _flags(name: str, values: Any) -> Any:
    if values.dtype.kind == "b" or (values.dtype.kind in "iuf" and np.isin(values, (0, 1)).all()):
        return values.astype(np.bool_)
    raise MeasureError(f"{name} holds values that are neither 0 nor 1; give a column of 0 and 1.")


def _together(name: str, parts: Mapping[str, Any]) -> Any:
    put = TOGETHER[name]
    if put is dict:
        return dict(parts)
    try:
        return put(**parts)
    except TypeError as wrong:
        takes = ", ".join(inspect.signature(put).parameters)
        raise MeasureError(f"the parts of {name} do not fit: {wrong}; they are {takes}.") from None


def _filled(column: pa.Array) -> Any:
    """Return a column as numpy; what is missing gets any value, for its rows are left out."""
    kind = column.type
    if pa.types.is_boolean(kind):
        return np.asarray(pc.fill_null(column, fill_value=False))
    if pa.types.is_integer(kind):  # as they are: as floats, long identifiers would become one
        return np.asarray(column.fill_null(0))
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return np.nan_to_num(np.asarray(column.cast(pa.float64()).fill_null(0.0)), nan=0.0, posinf=np.inf)
    return np.array([str(value) for value in column.to_pylist()])


__all__ = ["Asked", "Sample", "needs", "offered", "parts_of"]
