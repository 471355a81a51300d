"""A PDF without tags: what it says, by where its words stand. Pure."""
