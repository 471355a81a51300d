"""The answer to a question: service, cards, highlighting, page, JSON, feed."""
