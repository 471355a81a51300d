"""What the Secretariat tunes: synonyms, recommended results."""
