"""Bring the indexes to what the database says: row by row after each commit, or from scratch.

The database is the truth; an index can be thrown away at any time. Nothing here is lost when a process is killed:
rows stay until an engine has committed them, and a build that was cut short is gone on with.
"""

from datetime import timedelta

OVERDUE = timedelta(minutes=10)
