"""Comments on paragraphs: their anchors, moderation, near duplicates, and how the public sees them."""
