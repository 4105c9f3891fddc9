"""python -m amparo."""

from amparo.cli import main

main()
