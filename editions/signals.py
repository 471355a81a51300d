"""Sent inside the transaction that changed the edition: receivers write rows, never files, mail or an index."""

from django.dispatch import Signal

edition_published = Signal()  # edition, former: the edition it takes the place of, or None
edition_withdrawn = Signal()  # edition
edition_standing_changed = Signal()  # edition: its stage changed, its text did not
