"""Accounts that others open: their person is mailed a link to choose a password."""
