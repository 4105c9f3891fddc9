"""`python -m benchmarks [SECTION…]`: promises, measured here. The sections are listed below; all of them by default."""

from __future__ import annotations

import argparse
import sys

from benchmarks import compare, decide, measures, nation, proofs, slider, startup, stream
from benchmarks.report import Report

SECTIONS = ("peer", "national", "single", "stream", "slider", "nation", "decide", "proofs", "measures", "compile")
NEEDS_PEER = frozenset({"peer", "national", "single"})


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=f"any of {', '.join(SECTIONS)}; all by default")
    parser.add_argument("--persons", type=int, nargs="+", default=[1_000_000, 10_000_000], help="sizes beside the peer")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that take turns")
    parser.add_argument("--stream-persons", type=int, default=100_000_000, help="persons in the largest Parquet file")
    parser.add_argument("--slider-persons", type=int, default=10_000_000, help="persons that stay in memory")
    parser.add_argument("--nation-persons", type=int, default=20_000_000, help="persons of the synthetic nation")
    parser.add_argument("--measures-rows", type=int, default=20_000_000, help="rows of which measures have values")
    found = parser.parse_args()
    unknown = [s for s in found.sections if s not in SECTIONS]
    if unknown:
        parser.error(f"no section is called '{unknown[0]}'; choose among {', '.join(SECTIONS)}")
    return found


def run(section: str, report: Report, asked: argparse.Namespace) -> None:
    """Run one section."""
    peer = compare.peer_python()
    if section in compare.SYSTEMS:
        compare.population_run(report, section, asked.persons, asked.rounds, peer)
    elif section == "single":
        compare.single(report, asked.rounds, peer)
    elif section == "stream":
        stream.run(report, asked.stream_persons)
    elif section == "slider":
        slider.run(report, asked.slider_persons, asked.rounds)
    elif section == "nation":
        nation.run(report, asked.nation_persons, asked.rounds)
    elif section == "decide":
        decide.run(report)
    elif section == "proofs":
        proofs.run(report)
    elif section == "measures":
        measures.run(report, asked.measures_rows)
    else:
        startup.run(report)


def main() -> int:
    """Run the sections in order and return 1 when a bar is missed or a section fails, 2 without the peer."""
    asked = arguments()
    chosen = [s for s in SECTIONS if s in (asked.sections or SECTIONS)]
    peer = compare.peer_python()
    if NEEDS_PEER & set(chosen) and not peer.exists():
        print(f"{peer} is missing: run `make bench`, or name the peer's interpreter in AMPARO_PEER", file=sys.stderr)
        return 2
    report = Report()
    for section in chosen:
        try:
            run(section, report, asked)
        except Exception as problem:  # noqa: BLE001 - the other sections still tell something
            report.console.print_exception()
            report.holds("the section runs to its end", f"{type(problem).__name__}: {problem}", "", reached=False)
    report.summary()
    return 0 if report.passed else 1


if __name__ == "__main__":
    sys.exit(main())
