"""What whoever saved a search is told by mail: to confirm it, and what answers it since."""

from django.utils.translation import gettext_lazy as _

from mail.occasions import Occasion, register

CONFIRM_ALERT = register(
    Occasion("confirm_alert", _("Confirm your search alert"), "search/alerts/mail/confirm.txt", asks=True)
)
NEWS = register(Occasion("search_news", _("Search alert"), "search/alerts/mail/news.txt"))
