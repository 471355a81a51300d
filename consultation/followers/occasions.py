"""What the followers of a document are told by mail: comment opens, closes soon, a new edition is out."""

from django.utils.translation import gettext_lazy as _

from mail.occasions import Occasion, register

CONFIRM_FOLLOW = Occasion(
    name="confirm_follow",
    label=_("Please confirm that you want notices"),
    template="consultation/mail/confirm_follow.txt",
    asks=True,
)
OPENED = Occasion(name="opened", label=_("Comment is open"), template="consultation/mail/opened.txt")
CLOSING = Occasion(name="closing", label=_("Comment closes soon"), template="consultation/mail/closing.txt")
REVISED = Occasion(name="revised", label=_("A revised edition is out"), template="consultation/mail/revised.txt")
register(CONFIRM_FOLLOW, OPENED, CLOSING, REVISED)
