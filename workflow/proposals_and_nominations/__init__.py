"""Proposals for forums by the public, and nominations of lead experts."""
