"""Requests of strangers: client address, public forms, their tokens and limits, work for crowds, traps, sign-in."""
