"""BibTeX, RIS, CSL and the metadata of a citable edition."""
