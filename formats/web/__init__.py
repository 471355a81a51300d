"""What the readers of web pages, Markdown, plain text, PDF and mail share: letters, links, runs and lines."""
