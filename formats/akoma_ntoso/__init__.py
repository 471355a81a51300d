"""Editions as Akoma Ntoso 1.0 (OASIS LegalDocML, the namespace 3.0): a `statement` of a body. Pure."""

from formats.akoma_ntoso.writing import CONTENT_TYPE, write

__all__ = ["CONTENT_TYPE", "write"]
