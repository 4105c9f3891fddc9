"""Social protection as rules: write a programme once, then simulate it, prove it, decide with it, explain it.

A programme is a set of Python functions, one per provision of its law. They are traced once into a small
graph; an executor gives each operation of that graph a meaning: one household in exact arithmetic, a
population in columns, the next question worth asking, or a proof for every household there can be.
"""

__version__ = "0.1.0"
