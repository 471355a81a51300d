"""What is about HTTP for every room: absolute addresses, headers, byte ranges, and asking other servers."""
