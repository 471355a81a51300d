"""Whether what was published is still what was published."""

from collections.abc import Iterator

from editions.document import json_form
from editions.document.passages import passages
from editions.models import Edition
from files import shown


def findings() -> Iterator[str]:
    """One sentence per fault: wrong hash, passages that differ from the document, gaps in the numbers. None = sound."""
    last: dict[str, int] = {}
    for edition in Edition.objects.order_by("series", "number").iterator(chunk_size=50):
        if edition.number != last.get(edition.series, 0) + 1:
            yield f"{edition.identifier}: edition {last.get(edition.series, 0) + 1} of {edition.series} is missing"
        last[edition.series] = edition.number
        yield from _faults(edition)
    yield from shown.findings()


def _faults(edition: Edition) -> Iterator[str]:
    try:
        document = edition.content
    except json_form.UnreadableDocument as error:
        yield f"{edition.identifier}: {error.reason}"
        return
    if json_form.sha256(document) != edition.sha256:
        yield f"{edition.identifier}: the document does not have the hash {edition.sha256}"
    stored = [(row.ordinal, row.anchor, row.key, row.text) for row in edition.passages.order_by("ordinal")]
    made = [(passage.ordinal, passage.anchor, passage.key, passage.text) for passage in passages(document)]
    if stored != made:
        yield f"{edition.identifier}: the stored passages differ from the document"
