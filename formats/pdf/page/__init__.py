"""What stands on the pages of a PDF: words, pictures, rules, links and remarks. Pure."""
