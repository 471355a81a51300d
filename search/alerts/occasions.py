"""What whoever saved a search is told by mail: to confirm it, and what answers it since."""

from django.utils.translation import gettext_lazy as _

from mail.occasions import Occasion, register

CONFIRM_ALERT = Occasion(
    name="confirm_alert", label=_("Confirm your search alert"), template="search/alerts/mail/confirm.txt"
)
NEWS = Occasion(name="search_news", label=_("Search alert"), template="search/alerts/mail/news.txt")
register(CONFIRM_ALERT, NEWS)
