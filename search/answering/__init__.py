"""From a question to its answer: what its words are in the index, hits by words and meaning, cards, the paragraph."""
