"""Wagtail decodes images in the process that serves everybody; here it asks a child with a budget.

Two functions and a form field of Wagtail 7.4 are put in place of its own, since the way it offers, an image model of
our own, would rename every row of the library: what reads width and height of a file, what makes a rendition, and the
field of a profile picture. They are internal; tests/files/test_images.py fails where a new Wagtail goes past them.
"""

from typing import Any, NamedTuple

from django.conf import settings
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images import models

from files.images.forms import CheckedAvatarField, SizedBytes
from files.images.services import UnreadableImage, rendition, stored_size

CONVERSIONS = {"avif": "png", "webp": "png", "gif": "png"}
"""Renditions are for the admin: a first frame in a format that every reader knows."""


PREVIEW: Any = object()
"""No source at all: Wagtail's preview of a size then reads its own file, a rendition what is answered."""


class Made(NamedTuple):
    """What Wagtail looks at in the answer of Filter.run."""

    f: Any
    format_name: str


class _Recorder:
    """Stands for the image while operations say what they want; the decoding is done elsewhere."""

    def __init__(self) -> None:
        self.background: list[int] | None = None

    def set_background_color_rgb(self, colour: Any) -> "_Recorder":
        self.background = list(colour)
        return self


def decode_in_children() -> None:
    models.WagtailImageFieldFile.get_image_dimensions = _dimensions
    models.Filter.run = _run
    AvatarPreferencesForm.base_fields["avatar"] = CheckedAvatarField(
        label=AvatarPreferencesForm.base_fields["avatar"].label, required=False
    )


def _dimensions(self: Any) -> tuple[int, int] | tuple[None, None]:
    """As stored. Known where the form or a rendition has just decoded the file."""
    for known in (self._file, getattr(self._file, "file", None)) if self._file is not None else ():
        if size := getattr(known, "checked_size", None):
            return tuple(size)  # type: ignore[return-value]
    was_closed = self.closed
    try:
        self.open()
        content = self.read()
    finally:
        if was_closed:
            self.close()
        else:
            self.seek(0)
    return stored_size(content)


def _run(self: models.Filter, image: Any, output: Any, source: Any = PREVIEW) -> Made:
    """Filter.run: the geometry here, the pixels in a child. An original that cannot be read is reported as missing."""
    content = _content(image, source)
    width, height = image.width, image.height
    crops, sizes = zip(*(_geometry(self, image, size) for size in ((width, height), (height, width))), strict=True)
    recorder = _Recorder()
    env: dict[str, Any] = {"original-format": image.file.name.rpartition(".")[2].lower()}
    for operation in self.filter_operations:
        operation.run(recorder, image, env)
    wanted = env.get("output-format", "")
    usual = getattr(settings, "WAGTAILIMAGES_JPEG_QUALITY", 76)
    quality = int(env.get(f"{wanted or 'jpeg'}-quality", usual))
    options = {
        "crops": crops, "sizes": sizes, "output": wanted, "conversions": CONVERSIONS, "quality": quality,
        "background": recorder.background,
    }  # fmt: skip
    try:
        found, made = rendition(content, **options)
    except UnreadableImage as error:
        raise models.SourceImageIOError(str(error)) from error
    if source is PREVIEW:
        output.write(made)
        return Made(output, found["format"])
    output.close()  # nobody else does
    return Made(SizedBytes(made, (found["width"], found["height"])), found["format"])


def _content(image: Any, source: Any) -> bytes:
    if source not in (None, PREVIEW):
        source.seek(0)
        return bytes(source.read())
    with image.open_file() as file:
        return bytes(file.read())


def _geometry(wanted: models.Filter, image: Any, size: tuple[int, int]) -> tuple[list[int], list[int]]:
    transform = wanted.get_transform(image, size)
    rect = transform.get_rect().round()
    left, top = max(rect.left, 0), max(rect.top, 0)
    return [left, top, min(rect.right, size[0]), min(rect.bottom, size[1])], [round(side) for side in transform.size]
