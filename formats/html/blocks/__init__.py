"""The tree of an HTML file, tidied by the other modules, into blocks of the neutral document. Pure."""
