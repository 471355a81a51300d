"""Public pages kept as they went out: which, what purges them, and how one is answered without being drawn."""
