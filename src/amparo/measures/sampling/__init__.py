"""How a sample was drawn, and so how sure a number drawn from it is: designs, linearisation, replication."""
