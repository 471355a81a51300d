"""Foreign files into neutral documents, with a ledger of every word, and neutral documents into files. Pure."""
