"""What became of the links that lead out of the library: their rows, which the public pages read too."""
