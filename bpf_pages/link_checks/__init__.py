"""Links that lead out of the library: gathered, asked for now and then, and reported where they are dead."""
