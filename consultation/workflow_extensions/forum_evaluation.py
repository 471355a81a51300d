"""What consultations add to the evaluation of a forum: counted figures."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment, Disposition
from consultation.consensus.models import Objection
from consultation.vocabulary import AWAITING, TAKEN_UP, StakeholderGroup
from workflow.forums.documents import documents_of
from workflow.forums.models import Forum
from workflow.forums.services import evaluation_source


@evaluation_source
def figures(forum: Forum) -> Iterator[tuple[str, Any]]:
    """Comments, answers and balance, counted over all documents of a forum; objections and declarations of use."""
    processes = documents_of(forum)
    series = list(processes.values_list("series", flat=True))
    received = Comment.objects.counted().filter(series__in=series, parent=None)
    answers = Disposition.objects.filter(comment__in=received, published_at__isnull=False)
    later = answers.filter(comment=OuterRef("comment"), version__gt=OuterRef("version"))
    newest = answers.filter(~Exists(later))
    yield _("Comments received"), received.count()
    yield _("of them answered"), newest.count()
    yield _("of them taken up"), newest.filter(outcome__in=TAKEN_UP).count()
    yield _("Commenters satisfied with the answer"), newest.filter(verdict="satisfied").count()
    yield _("Commenters not satisfied"), newest.filter(verdict="not_satisfied").count()
    yield _("Commenters who did not reply"), newest.filter(verdict__in=AWAITING).count()
    groups = dict(received.order_by().values_list("submission__group").annotate(count=Count("pk", distinct=True)))
    for value, label in StakeholderGroup.choices:
        yield _("Comments, %s") % label, groups.get(value, 0)
    yield _("Objections"), Objection.objects.filter(process__in=processes).count()
    yield _("Standing declarations of adoption"), Adoption.objects.standing().filter(series__in=series).count()
