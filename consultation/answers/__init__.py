"""Answers to comments (dispositions): drafted, published, traced to an edition."""
