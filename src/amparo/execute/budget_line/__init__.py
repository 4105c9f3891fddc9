"""Income over earnings: exact bends, effective marginal rates, and the provision behind each cliff."""

from amparo.execute.budget_line.line import BudgetLine, Jump, Piece, budget_line

__all__ = ["BudgetLine", "Jump", "Piece", "budget_line"]
