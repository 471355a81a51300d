"""Changes of accounts, wherever they are made: noted in the record, told by mail."""
