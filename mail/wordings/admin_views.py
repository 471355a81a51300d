"""Admin views of the words in which mails go out. The room that gives them addresses says who may enter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from mail.models import Wording
from mail.occasions import OCCASIONS
from mail.wordings.forms import WordingForm
from mail.wordings.services import preview

WORDINGS = "../"
"""The list stands above each wording; its address is chosen by a room above."""


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    changed = set(Wording.objects.values_list("occasion", flat=True))
    worded = [occasion for occasion in OCCASIONS.values() if occasion.words]
    rows = [{"occasion": occasion, "changed": occasion.name in changed} for occasion in worded]
    return render(request, "mail/wordings/admin_wordings.html", {"rows": rows})


def wording(request: HttpRequest, occasion: str) -> HttpResponse:
    """Change the words of a mail, or (preview=1) see them filled in; with as_shipped=1 the former ones come back."""
    declared = OCCASIONS.get(occasion)
    if declared is None or declared.words is None:
        raise Http404
    row = Wording.objects.filter(occasion=occasion).first()
    if request.method == "POST" and "as_shipped" in request.POST:
        Wording.objects.filter(occasion=occasion).delete()
        return redirect(WORDINGS)
    form = WordingForm(declared, declared.words, request.POST or None, instance=row)
    filled_in = request.method == "POST" and form.is_valid()
    if filled_in and "preview" not in request.POST:
        form.instance.occasion = occasion
        form.instance.changed_by = request.user
        form.save()
        messages.success(request, _("The wording of “%s” is changed.") % declared.label)
        return redirect(WORDINGS)
    shown = form.words() if filled_in or not form.is_bound else []
    context = {
        "occasion": declared,
        "form": form,
        "row": row,
        "previews": [(label, *preview(declared, words)) for label, words in shown],
    }
    return render(request, "mail/wordings/admin_wording.html", context, status=422 if form.errors else 200)
