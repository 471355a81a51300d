"""What the sender of a comment is told by mail when it is answered."""

from django.utils.translation import gettext_lazy as _

from consultation.comments.occasions import GATHERED, WORDS
from mail.occasions import Occasion, register

DISPOSED = register(Occasion("disposed", _("Your comment was answered"), f"{WORDS}disposed.txt", gathered=GATHERED))
