"""Objections, the declaration of rough consensus, dissent, challenges."""
