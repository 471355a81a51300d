"""The form of a page in the editor: it takes no file of a forum that the person may not use."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from workflow.access.forum_files import not_choosable


class OwnFilesForm(WagtailAdminPageForm):
    """A chooser offers only files that may be chosen; this looks at what was sent. Files that stood in the text before
    may stay, whoever saves it."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean()
        if self.for_user is not None and "body" in found:
            added = _files_of(found["body"]) - _files_of(self.instance.body)
            if refused := not_choosable(self.for_user, added):
                titles = ", ".join(f"“{file.title}”" for file in refused)
                said = _(
                    "The text refers to files of another forum: %s. Choose files of this forum, or upload them here."
                )
                self.add_error("body", ValidationError(said % titles))
        return found


def _files_of(body: Any) -> set[tuple[type[Any], str]]:
    references = body.stream_block.extract_references(body) if body else ()
    return {(model, str(key)) for model, key, _path, _place in references}
