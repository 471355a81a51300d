"""The board of one document: each paragraph of the working text with all that waits on it."""
