"""What an editor can put into an outcome document: `DocumentBody`."""

from bpf_pages.blocks.body import DocumentBody

__all__ = ["DocumentBody"]
