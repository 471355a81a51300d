"""Private links by which somebody without an account reads a draft."""
