"""Steps of a forum's guided path that make pages: its page, made of the proposal, and its first document."""
