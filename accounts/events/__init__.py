"""What happened at sign-in and to accounts: rows in a hash chain, and how they are shown."""
