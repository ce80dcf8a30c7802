"""Floor 2: from an article to claims. Knows nothing of HTTP or SQL."""
