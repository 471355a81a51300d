"""Who may do what: roles, grants with an end date, capabilities."""
