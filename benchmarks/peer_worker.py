"""OpenFisca as a worker: builds a simulation, times `calculate`, tells what it cost. Run by the peer's interpreter."""

from __future__ import annotations

import importlib
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import period
from openfisca_core.simulations import SimulationBuilder

from benchmarks.machine import Growth, resident_bytes
from benchmarks.worker import serve

PERIODS = {"country_template": "2016-06", "national": "2024-06"}
OTHER_PERIODS = {"birth": "eternity", "accommodation_size": "2016-01", "housing_occupancy_status": "2016-01"}
ADULT, CHILD = 0, 1
Column = NDArray[Any]


class Peer:
    """One tax and benefit system with one set of inputs."""

    def load(self, system: str, columns: str, figures: dict[str, float]) -> dict[str, Any]:
        """Read inputs and build the simulation; none of it counts as calculation."""
        self.period = PERIODS[system]
        start = time.perf_counter()
        if system == "national":
            self.system = importlib.import_module("benchmarks.peer_national").system(figures)
        else:
            self.system = importlib.import_module("openfisca_country_template").CountryTaxBenefitSystem()
        ready = time.perf_counter()
        with np.load(columns) as stored:
            self.columns: dict[str, Column] = {name: stored[name] for name in stored.files}
        read = resident_bytes()
        built = time.perf_counter()
        self.simulation = self.build()
        done = time.perf_counter()
        return {
            "system_seconds": ready - start,
            "setup_seconds": done - built,
            "setup_bytes": resident_bytes() - read,
        }

    def build(self) -> Any:
        """Return a simulation with its inputs set and nothing computed."""
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        offsets = self.columns["offsets"]
        sizes = np.diff(offsets)
        builder.declare_person_entity("person", np.arange(offsets[-1]))
        households = builder.declare_entity("household", np.arange(len(sizes)))
        adult = self.columns.get("person.adult")
        roles = np.zeros(offsets[-1], dtype=int) if adult is None else np.where(adult, ADULT, CHILD)
        builder.join_with_persons(households, np.repeat(np.arange(len(sizes)), sizes), roles)
        simulation = builder.build(self.system)
        self.given = set()
        for name, column in self.columns.items():
            variable = name.partition(".")[2]
            if variable and variable != "adult":
                self.given.add(variable)
                self.set_input(simulation, variable, column)
        return simulation

    def set_input(self, simulation: Any, name: str, column: Column) -> None:
        """Hand one column to the simulation in the period in which the rules look for it."""
        declared = self.system.get_variable(name)
        if declared.value_type.__name__ == "Enum":
            column = declared.possible_values.encode(column)
        simulation.set_input(name, period(OTHER_PERIODS.get(name, self.period)), column)

    def calculate(self, simulation: Any, outputs: list[str]) -> dict[str, Column]:
        """Compute the outputs, in order."""
        return {name: simulation.calculate(name, self.period) for name in outputs}

    def forget(self) -> None:
        """Drop everything computed and keep inputs, so that the next round starts afresh."""
        self.results: dict[str, Column] = {}
        for population in self.simulation.populations.values():
            for name, holder in population._holders.items():  # noqa: SLF001 - the peer has no public door to them
                if name not in self.given:
                    holder.delete_arrays()

    def round(self, outputs: list[str]) -> dict[str, Any]:
        """Compute the outputs once and tell time and memory beyond the loaded simulation."""
        self.forget()
        with Growth() as grown:
            start, cpu = time.perf_counter(), time.process_time()
            self.results = self.calculate(self.simulation, outputs)
            wall, spent = time.perf_counter() - start, time.process_time() - cpu
        written = sum(column.nbytes for column in self.results.values())
        return {"seconds": wall, "cpu_seconds": spent, "beyond_bytes": grown.bytes, "written_bytes": written}

    def write(self, path: str) -> dict[str, Any]:
        """Save the results of the last round."""
        np.savez(path, **self.results)  # type: ignore[arg-type]
        return {"outputs": list(self.results)}

    def single(self, outputs: list[str], repeats: int) -> dict[str, Any]:
        """Compute the loaded households again and again, each time with a new simulation; seconds each."""
        built, calculated = [], []
        for _ in range(repeats):
            start = time.perf_counter()
            simulation = self.build()
            ready = time.perf_counter()
            self.calculate(simulation, outputs)
            calculated.append(time.perf_counter() - ready)
            built.append(ready - start)
        return {"setup_seconds": built, "seconds": calculated}


if __name__ == "__main__":
    serve(Peer())
