"""Public views. Thin: find, check, call one service, answer."""
