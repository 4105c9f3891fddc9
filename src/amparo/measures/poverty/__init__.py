"""How many are poor, how far below the line, and what moved them."""
