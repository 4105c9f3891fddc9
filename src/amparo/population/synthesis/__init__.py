"""Invented people who reproduce a country's published margins: structure, traits, incomes, in blocks of any number."""

from amparo.population.synthesis.blocks import PREFIX, Synthesis, label, synthesis_of
from amparo.population.synthesis.margins import Margins, margins_of

__all__ = ["PREFIX", "Margins", "Synthesis", "label", "margins_of", "synthesis_of"]
