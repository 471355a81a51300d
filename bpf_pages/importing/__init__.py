"""Office documents, web pages and plain text read into the body of an outcome document.

`file_to_html` reads a file into HTML, `html_to_parts` that into parts of a body, `services` puts them into the tree.
"""
