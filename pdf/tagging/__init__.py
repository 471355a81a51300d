"""The structure tree, which makes a PDF accessible, and how it is written."""
