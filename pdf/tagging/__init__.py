"""The structure tree that makes a PDF accessible."""
