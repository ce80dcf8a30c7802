"""A bundled sample site of invented outlets, and the tour that crawls it edition by edition."""
