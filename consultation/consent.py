"""What a person agrees to before sending. A change of the words is a new version; the version is stored."""

from django.utils.translation import gettext_lazy as _

CONSENT_VERSION = "2026-12"

POINTS = (
    _("Your comment, its number and its date are published after a moderator has read it, and stay public."),
    _("Your name appears only if you choose so on this form. Your e-mail address is never published."),
    _("The answer to your comment is published beside it. A later edition of the text may carry what you proposed."),
    _("You may withdraw a comment, and ask for your name or its words to be erased. The number and the answer stay."),
)
"""Said in plain words on the form, before the button that sends."""

WITHHELD_POINT = _(
    "“Consider it, but do not publish the text” keeps your words from every public page. The comment is counted, and "
    "its answer is published without them."
)
