"""A person sends comments: the form, the draft on the server, limits, files, the personal page."""
