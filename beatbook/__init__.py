"""The roof: what a person or a scheduler runs; the only place where the floors meet."""
