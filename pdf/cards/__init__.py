"""The picture of a document that other sites show beside a link to it."""
