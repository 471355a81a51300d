"""The public pages of one document: edition, comparison, history."""
