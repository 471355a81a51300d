"""Backups of an instance, on the same kind of database: `backup`, `restore`."""
