"""Requests of strangers: client address, rate limits, form tokens, traps, sign-in attempts."""
