"""What an editor can put into an outcome document: `DocumentBody`, which `bpf_pages.conversion` reads."""

from bpf_pages.blocks.body import DocumentBody

__all__ = ["DocumentBody"]
