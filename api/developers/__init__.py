"""The manual for programmers."""
