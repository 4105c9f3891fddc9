"""How unequally incomes are shared."""
