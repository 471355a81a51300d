"""OAI-PMH."""
