"""Who is told by mail what happens to documents, and on which occasions."""
