"""Interfaces for programs: JSON, OAI-PMH, citations, feeds, calendar, and their manual."""
