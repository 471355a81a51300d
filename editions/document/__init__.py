"""The neutral document of an edition, without HTML: its parts, passages, JSON, identifier, citation."""
