"""Floor 3: from records to answers. Imports only record modules from the floors below."""
