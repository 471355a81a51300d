"""The form by which an image is uploaded: decoded in a child process before anything of it is kept."""

import os
from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from files.images.published import keep
from files.images.services import UnreadableImage, cleaned

SPELLINGS = {"jpeg": "jpg"}


class CheckedImageField(WagtailImageField):
    """Wagtail's field opens the bytes in the web process; this one has every frame decoded in a child, on a budget."""

    def to_python(self, data: Any) -> Any:
        upload: Any = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        ending = os.path.splitext(upload.name)[1].lower().removeprefix(".")
        if ending not in self.allowed_image_extensions:
            raise ValidationError(self.error_messages["invalid_image_extension"], code="invalid_image_extension")
        upload.seek(0)
        content = upload.read()
        upload.seek(0)
        try:
            clean = cleaned(content)
        except UnreadableImage as error:
            raise ValidationError(str(error), code="invalid_image") from error
        if SPELLINGS.get(ending, ending) != clean.suffix:
            said = self.error_messages["invalid_image_known_format"]
            raise ValidationError(
                said % {"extension": ending, "image_format": clean.suffix}, code="invalid_image_known_format"
            )
        upload.content_type = f"image/{clean.format.lower()}"
        upload.checked_size = clean.stored
        upload.clean = (content, clean)
        return upload


class CheckedImageForm(BaseImageForm):
    """Keeps the copy without metadata beside the original, so that nothing is decoded when a text is published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.fields.get("file"), WagtailImageField):
            self.fields["file"].__class__ = CheckedImageField

    def save(self, commit: bool = True) -> Any:
        upload = self.cleaned_data.get("file")
        clean = getattr(upload, "clean", None) if isinstance(upload, UploadedFile) else None
        saved = super().save(commit=commit)
        if clean:
            keep(*clean)
        return saved

    class Meta(BaseImageForm.Meta):
        pass


class CheckedAvatarField(forms.FileField):
    """A profile picture: what Wagtail's form opens afterwards is a clean copy."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/*"})

    def to_python(self, data: Any) -> Any:
        upload: Any = super().to_python(data)
        if upload is None:
            return None
        if upload.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
            raise ValidationError(_("The image is too large."), code="file_too_large")
        try:
            clean = cleaned(upload.read())
        except UnreadableImage as error:
            raise ValidationError(str(error), code="invalid_image") from error
        return SimpleUploadedFile(f"picture.{clean.suffix}", clean.content, f"image/{clean.format.lower()}")


class SizedBytes(BytesIO):
    """Bytes of an image whose width and height are known."""

    def __init__(self, content: bytes, size: tuple[int, int]) -> None:
        super().__init__(content)
        self.checked_size = size
