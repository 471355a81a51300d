"""Mail about documents: which occasions, to whom, in which words."""
