"""The page tree that editors see, and the public pages that read editions."""
