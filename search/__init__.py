"""Finding: what was asked, the index, the engines, the answer."""
