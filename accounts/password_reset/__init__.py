"""Forgotten passwords: asked for in the request, answered by the worker, within a budget."""
