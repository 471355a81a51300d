"""How often documents are read and downloaded, counted without knowing by whom."""
