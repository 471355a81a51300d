"""The files of a draft, drawn with the claims that open them before anything is public."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from workflow.draft_links.file_claims import claim
from workflow.draft_links.models import DraftLink

FILE_NAME = r"(?:figures|linked)/[0-9a-f]{64}\.[a-z0-9]+"
_ADDRESS = re.compile(rf'((?:src|href)="{re.escape(settings.MEDIA_URL)})({FILE_NAME})"')


@dataclass(frozen=True, slots=True)
class Claims:
    """Whom a draft is drawn for: the holder of a link, or a person at the page."""

    page: Page
    link: DraftLink | None
    user: Any

    def of(self, name: str) -> str:
        return claim(name, link=self.link, page=self.page, user=self.user)


def with_claims(html: SafeString, claims: Claims) -> SafeString:
    """html: as bpf_pages.rendering.document_html drew it, so everything a person wrote is escaped already."""
    return mark_safe(_ADDRESS.sub(lambda found: f'{found[1]}{found[2]}?for={claims.of(found[2])}"', html))
