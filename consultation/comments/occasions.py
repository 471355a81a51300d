"""What the sender of a comment is told by mail when a moderator has read it, or somebody replied."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from mail.occasions import Gathering, Occasion, register

WORDS = "consultation/mail/"
GATHERED = Gathering(f"{WORDS}gathered.txt", wait=timedelta(minutes=15))
"""News of one sender's comments: whoever sent ten gets one mail when ten are answered."""

PUBLISHED = register(Occasion("published", _("Your comment is published"), f"{WORDS}published.txt", gathered=GATHERED))
HIDDEN = register(Occasion("hidden", _("Your comment was hidden"), f"{WORDS}hidden.txt"))
REPLIED = register(Occasion("replied", _("Somebody replied"), f"{WORDS}replied.txt", gathered=GATHERED))
