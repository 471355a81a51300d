"""The guards that a text can be printed: every character has a typeface, and a trial print succeeds."""

import logging
import unicodedata
from collections.abc import Iterator

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editions.document import json_form
from editions.services import Draft
from pdf.print_job import TEMPLATE_VERSION
from pdf.printing.job_from_edition import job_for_draft
from pdf.render import render
from pdf.text.font_coverage import MissingCharacter, missing
from workflow.transitions.guards import Attempt, Unmet, block_address, guard

logger = logging.getLogger(__name__)

MOST_CHARACTERS = 20  # named one by one
TRIAL_REMEMBERED = 24 * 3600  # seconds


@guard("glyphs_covered", gettext_lazy("Every character of the text can be printed."))
def glyphs_covered(attempt: Attempt) -> Iterator[Unmet]:
    if attempt.draft is None:
        return
    first: dict[str, MissingCharacter] = {}
    for found in missing(attempt.draft.document):
        first.setdefault(found.char, found)
    for found in list(first.values())[:MOST_CHARACTERS]:
        name = unicodedata.name(found.char, _("without a name"))
        message = _(
            "No typeface of the printed document has %(char)s (%(code)s, %(name)s); it is drawn as a box, and a note "
            "says so: “%(place)s”"
        )
        values = {"char": found.char, "code": found.code_point, "name": name, "place": found.place}
        mend = block_address(attempt.edit_address, found.key) if found.key else attempt.edit_address
        yield Unmet("glyphs_covered", message % values, mend)
    if len(first) > MOST_CHARACTERS:
        more = len(first) - MOST_CHARACTERS
        message = ngettext("and %(count)d more character", "and %(count)d more characters", more)
        yield Unmet("glyphs_covered", message % {"count": more})


@guard("prints", gettext_lazy("The text has been printed once for trial, as the PDF of record will be."))
def prints(attempt: Attempt) -> Iterator[Unmet]:
    """A trial print of the draft. Its outcome is remembered by the text's hash: the editor asks at every look."""
    if attempt.draft is None or attempt.is_passing:
        return
    key = f"pdf.trial.{TEMPLATE_VERSION}.{json_form.sha256(attempt.draft.document)}"
    failure = cache.get(key)
    if failure is None:
        failure = trial_failure(attempt.draft)
        cache.set(key, failure, TRIAL_REMEMBERED)
    if failure:
        yield Unmet("prints", _("The text cannot be printed: %s") % failure)


def trial_failure(draft: Draft) -> str:
    """Why a draft cannot be printed as an outcome, in one line, or "". Nothing is stored."""
    try:
        render(job_for_draft(draft, "final"))
    except Exception as error:  # an editor must see it, whatever it is
        logger.exception("trial print of %s failed", draft.series)
        return f"{type(error).__name__}: {error}"
    return ""
