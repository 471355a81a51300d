"""Mail about an account: its occasions in words, and the address that it goes to."""
