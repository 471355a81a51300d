"""The report of comments: frozen, sealed, as page, CSV and XLSX."""
