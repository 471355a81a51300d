"""Autocomplete and documents like this one."""
