"""Floor 1: from sources to articles. Knows nothing of claims or SQL."""
