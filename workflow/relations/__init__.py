"""What a document has to do with others, and what links to it."""
