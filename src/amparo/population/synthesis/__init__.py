"""Invented people who reproduce a country's published margins: structure, traits, incomes, in blocks of any number."""

from amparo.population.synthesis.blocks import Synthesis, synthesis_of
from amparo.population.synthesis.margins import Margins, margins_of

__all__ = ["Margins", "Synthesis", "margins_of", "synthesis_of"]
