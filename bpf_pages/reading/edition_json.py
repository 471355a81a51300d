"""An edition as JSON for programs: the same bytes every time, so that a file that was kept can be recognised."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from core.http.site_urls import absolute
from editions.models import Edition


def json_of(edition: Edition) -> bytes:
    """The neutral document as it was frozen, with its metadata and the hash that covers the text; UTF-8."""
    body = {
        "identifier": edition.identifier,
        "address": absolute(edition.permanent_address),
        "published_at": edition.published_at,
        "sha256": edition.sha256,
        "metadata": edition.metadata,
        "document": edition.document,
    }
    return json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
