"""What happened to a document: the log, its hash chain, its export."""
