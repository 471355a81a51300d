"""Mail that somebody asked for by an address: double opt-in, and one button that ends it."""
