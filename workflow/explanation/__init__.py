"""How documents move, explained from the declaration: the public page, help, the diagram."""
