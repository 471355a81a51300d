"""Office documents, web pages and plain text read into the body of an outcome document.

`files.py` reads a file into HTML, `parts.py` HTML into the parts of a body, `services.py` puts them into the tree.
"""
