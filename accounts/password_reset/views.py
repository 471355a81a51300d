"""Wagtail's page of a forgotten password, which writes no mail itself and answers the same for every address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.account import PasswordResetView

from accounts.password_reset.services import ask
from gate.client_address import network
from gate.rate_limits import TooMany, refused


class AskForPasswordView(PasswordResetView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            ask(form.cleaned_data["email"], network(self.request), timezone.now())
        except TooMany as error:
            minutes = -(-error.retry_after // 60)
            form.add_error(None, _("Too many requests. Wait %d minutes, then try again.") % minutes)
            return refused(self.render_to_response(self.get_context_data(form=form)).render(), error.retry_after)
        return redirect(self.get_success_url())
