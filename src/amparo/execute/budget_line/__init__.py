"""Income over earnings: exact bends, effective marginal rates, and the provision behind each cliff."""

from amparo.execute.budget_line.cliffs import Cliff, cliffs
from amparo.execute.budget_line.line import BudgetLine, Jump, Piece, budget_line

__all__ = ["BudgetLine", "Cliff", "Jump", "Piece", "budget_line", "cliffs"]
