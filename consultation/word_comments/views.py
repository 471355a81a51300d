"""The page "Comment in Word": the file to download, and the form that takes it back and makes a draft of it.

The draft is the preview: each comment can be changed or removed there, and is sent from there.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consultation.edition_lookup import private, trail
from consultation.periods.models import Period
from consultation.periods.services import is_commentable
from consultation.periods.views import with_period
from consultation.submissions import drafts
from consultation.submissions.limits import BYTES_AN_HOUR, MOST_FROM_FILE, WINDOW
from consultation.submissions.views import draft_in_hand, remember
from consultation.word_comments.forms import WordForm
from consultation.word_comments.services import MOST_BYTES, NotTaken, brought, reviewed
from gate.client_address import network
from gate.forms.acceptance import accepted
from gate.forms.public_forms import TEXT, PublicForm
from gate.rate_limits import TooMany, refused, take

WORD = PublicForm(
    "comments in Word",
    WordForm,
    writes=True,
    once=False,
    most_bytes=MOST_BYTES + TEXT,
    free=20,
    most=100,
    window=WINDOW,
)
"""A file a little too large is read, and answered with its own sentence."""


@WORD.takes
@require_http_methods(["GET", "HEAD", "POST"])
@with_period(gettext_lazy("Comment in Word"))
def comment_in_word(request: HttpRequest, period: Period, now: datetime) -> HttpResponse:
    if request.method != "POST":
        return _page(request, period, WordForm())
    form = WordForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, period, form, status=422)
    try:
        # One byte past the limit is enough to know that it is too large.
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        take("bytes beside comments", network(request), BYTES_AN_HOUR, now, amount=len(content))
        if len(content) > MOST_BYTES:
            raise NotTaken(_("The file is larger than %d MB.") % (MOST_BYTES // 1024 // 1024))
        found = brought(reviewed(content), period, with_names=form.cleaned_data["with_names"])
        with accepted(request, WORD, now) as token:
            draft = draft_in_hand(request, period) or drafts.begin(period, token.nonce, [], min(now, token.drawn_at))
            drafts.keep_comments(draft, found.entries, found.told, now)
    except NotTaken as error:
        form.add_error("file", error.reason)
        return _page(request, period, form, status=422)
    except drafts.TooLong:
        form.add_error("file", _("A submission holds %d comments at most. Send this one first.") % MOST_FROM_FILE)
        return _page(request, period, form, status=422)
    except TooMany as error:
        form.add_error("file", _("Very many files came in within the hour. Please send it again later."))
        return refused(_page(request, period, form), error.retry_after)
    response = redirect("consultation:draft", draft.token)
    remember(response, request, draft)
    return response


def _page(request: HttpRequest, period: Period, form: WordForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "period": period,
        "edition": period.edition,
        "is_open": is_commentable(period, timezone.now()),
        "breadcrumb": trail(
            period.edition, (_("Comments"), period.address), (_("Comment in Word"), f"{period.address}word/")
        ),
    }
    return private(render(request, "consultation/word_comments/new.html", context, status=status))
