"""What the sender of a comment is told by mail when a moderator has read it, or somebody replied."""

from django.utils.translation import gettext_lazy as _

from mail.occasions import Occasion, register

WORDS = "consultation/mail/"
GATHERED = f"{WORDS}gathered.txt"
"""News of one sender's comments that comes within a quarter of an hour is one mail."""

PUBLISHED = register(Occasion("published", _("Your comment is published"), f"{WORDS}published.txt", gathered=GATHERED))
HIDDEN = register(Occasion("hidden", _("Your comment was hidden"), f"{WORDS}hidden.txt"))
REPLIED = register(Occasion("replied", _("Somebody replied"), f"{WORDS}replied.txt", gathered=GATHERED))
