"""What the followers of a document are told by mail: comment opens, closes soon, a new edition is out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from editions.models import Edition
from mail.models import Subscription
from mail.occasions import Occasion, register
from mail.subscriptions.services import Kind, register_kind

CONFIRM_FOLLOW = register(
    Occasion(
        "confirm_follow", _("Please confirm that you want notices"), "consultation/mail/confirm_follow.txt", asks=True
    )
)
OPENED = register(Occasion("opened", _("Comment is open"), "consultation/mail/opened.txt"))
CLOSING = register(Occasion("closing", _("Comment closes soon"), "consultation/mail/closing.txt"))
REVISED = register(Occasion("revised", _("A revised edition is out"), "consultation/mail/revised.txt"))


def _document(subscription: Subscription) -> dict[str, Any]:
    edition = Edition.objects.public().current().filter(series=subscription.topic).only("title").first()
    return {"title": edition.title if edition else ""}


FOLLOWING = register_kind(
    Kind("follow", CONFIRM_FOLLOW, "consultation:confirm_follow", "consultation:unfollow", _document)
)
"""The topic is the identifier of the document."""
