"""Sign-in in two steps: the password, then the second factor; until both are passed a session is nobody's."""
