"""Which paragraph of one edition became which of another, and the words that changed."""
