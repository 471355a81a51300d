"""Files of a document, in versions that stay."""
