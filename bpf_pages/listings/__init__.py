"""Lists over documents: editions, calls, open questions, identifiers."""
