"""The cycle of a document: when each stage was planned and came, and when comments came in."""
