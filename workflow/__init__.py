"""How an outcome document moves: states, guards, roles, the log."""
