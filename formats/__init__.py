"""Foreign files into neutral documents, with a ledger of every word. Pure: bytes in, data out."""
