"""Comments that came by another way: typed in, or read from a sheet, a mail or a mailbox."""
