"""Images of others, decoded in a child process on a budget: facts, a copy without metadata, a smaller picture."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.budgets import budgeted
from files.images import decoding as work
from files.images.limits import MOST_PIXELS

BUDGET = budgeted.Budget(cpu=10, memory=768 * budgeted.MIB, wall=40.0, answer=100 * budgeted.MIB)
JOB = "files.images.decoding:"


class UnreadableImage(Exception):
    """Bytes that are not taken as an image. Its text tells a person why."""


@dataclass(frozen=True, slots=True)
class CleanImage:
    """A copy without metadata, upright. width and height: its own; stored: (width, height) of the original."""

    content: bytes
    suffix: str
    width: int
    height: int
    stored: tuple[int, int]
    format: str


def cleaned(content: bytes) -> CleanImage:
    """Raises UnreadableImage."""
    found, body = _run("cleaned", content)
    stored = found["width"], found["height"]
    size = found["kept_width"], found["kept_height"]
    return CleanImage(body, found["suffix"], *size, stored, found["format"])


def stored_size(content: bytes) -> tuple[int, int]:
    """Width and height as they are stored. Raises UnreadableImage."""
    found, _body = _run("facts", content)
    return found["width"], found["height"]


def rendition(content: bytes, **options: Any) -> tuple[dict[str, Any], bytes]:
    """See files.images.decoding.rendition. Raises UnreadableImage."""
    return _run("rendition", content, **options)


def _run(name: str, content: bytes, **options: Any) -> tuple[dict[str, Any], bytes]:
    try:
        return budgeted.run(JOB + name, content, options, BUDGET)
    except budgeted.Refused as error:
        raise UnreadableImage(_said(error)) from error
    except budgeted.OverBudget as error:
        raise UnreadableImage(_over(error)) from error


def _said(error: budgeted.Refused) -> str:
    if error.reason == work.PIXELS:
        most = MOST_PIXELS // 1_000_000
        said = _("The image has too many pixels (%(size)s). Make it smaller: %(most)d million are taken.")
        return said % {"size": error.detail, "most": most}
    if error.reason == work.FRAMES:
        return _("The animation is too long: %s pictures are taken at most.") % error.detail
    return _("This is not an image that can be read. Open it in an image program, save it as PNG or JPEG, and retry.")


def _over(error: budgeted.OverBudget) -> str:
    if error.why in ("time", "memory"):
        return _("Reading the image costs too much time or memory. Make it smaller, save it as PNG or JPEG, and retry.")
    return _("This is not an image that can be read. Open it in an image program, save it as PNG or JPEG, and retry.")
