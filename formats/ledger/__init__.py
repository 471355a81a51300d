"""The ledger of a file that was read: what became of each of its words, and of its things besides words. Pure."""

from formats.ledger.accounting import Ledger, Unaccounted, account
from formats.ledger.draft_contents import Tally, draft_texts

__all__ = ["Ledger", "Tally", "Unaccounted", "account", "draft_texts"]
