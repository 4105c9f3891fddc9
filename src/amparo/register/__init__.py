"""The law as pages: a public register of rules and scores, and the lines of income that they draw for families."""
