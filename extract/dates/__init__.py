"""The grammar of date expressions, one module a kind of expression; ``extract.periods`` is its door."""
