"""Images: decoded in a child on a budget, kept for editions by their hash, uploaded by editors, sent by strangers."""
