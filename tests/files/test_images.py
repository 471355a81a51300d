"""Images of others: decoded in a child, on a budget; refused in words; kept for the public without metadata."""

import contextlib
import io
import resource
import time
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from core.budgets import budgeted
from files.images import decoding
from files.images import services as images
from files.images.cleaning_job import clean_waiting
from files.images.published import kept_file
from files.models import CleanedImage
from pdf.layout.images_and_qr_code import decoded as printed
from tests.files import pictures

MOST_CPU_S = 5.0

HOSTILE = {
    "bomb.png": lambda: pictures.png_of_many_pixels(),
    "garbage.png": lambda: b"\x89PNG\r\n\x1a\n" + b"garbage" * 200,
    "magic.png": lambda: b"\x89PNG\r\n\x1a\n",
    "truncated.jpg": lambda: pictures.picture("JPEG", (400, 300))[:900],
    "drawing.svg": lambda: pictures.SVG,
    "drawing.png": lambda: pictures.SVG,
    "long.gif": lambda: pictures.animation("GIF", 3_000),
    "long.webp": lambda: pictures.animation("WEBP", 3_000),
    "scan.tiff": lambda: pictures.picture("TIFF"),
    "scan.png": lambda: pictures.picture("TIFF"),
    "other.png": lambda: pictures.picture("JPEG"),
    "page.gif": lambda: b"GIF89a" + b"<script>alert(1)</script>" * 20,
    "empty.png": lambda: b"",
}  # fmt: skip
"""Name -> what makes the file. Made when a test wants it: every worker reads this module."""


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def rapporteur(people: Any, client: Any) -> Any:
    client.force_login(people["rapporteur"])
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("door", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"])
def test_a_bad_image__is_an_error_of_the_form_within_the_budget(rapporteur, name, door) -> None:
    before, field = cpu_of_children(), {
        "wagtailimages:add": "file", "wagtailimages:add_multiple": "files[]",
        "wagtailimages_chooser:create": "image-chooser-upload-file",
    }[door]  # fmt: skip
    values = {"title": "A", "image-chooser-upload-title": "A", field: SimpleUploadedFile(name, HOSTILE[name]())}
    response = rapporteur.post(reverse(door), values, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code in (200, 400), response.status_code
    assert get_image_model().objects.count() == 0
    assert cpu_of_children() - before < MOST_CPU_S
    if response.headers["Content-Type"].startswith("application/json"):
        assert response.json().get("success", False) is False


@pytest.mark.django_db
def test_a_good_image__is_kept_and_cleaned_in_one_go(rapporteur) -> None:
    upload = SimpleUploadedFile("lamp.jpg", pictures.held_sideways())
    response = rapporteur.post(reverse("wagtailimages:add"), {"title": "Lamp", "file": upload})
    assert response.status_code == 302, response.content
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (60, 40)
    row = CleanedImage.objects.get()
    assert (row.width, row.height) == (40, 60)
    assert kept_file(image).source == row.name


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_public_copy__is_upright_and_holds_no_word_of_its_maker(kind) -> None:
    original = pictures.held_sideways(kind)
    assert pictures.PLANTED.encode() in original
    clean = images.cleaned(original)
    assert pictures.PLANTED.encode() not in clean.content
    with Image.open(io.BytesIO(clean.content)) as copy:
        assert copy.format == kind
        assert copy.size == (40, 60) == (clean.width, clean.height)
        assert not copy.getexif()
        assert not {"xmp", "comment", "Author", "Comment", "exif"} & set(copy.info)


def test_a_copy_of_a_copy__is_the_same_bytes_where_the_format_loses_nothing() -> None:
    once = images.cleaned(pictures.picture("PNG"))
    assert images.cleaned(once.content).content == once.content


def test_a_profile__is_followed_and_never_kept() -> None:
    """A profile names the screen or the person it was made for; the pixels say the same without it."""
    swapped = pictures.profile_that_swaps_red_and_green()
    for kind, colour in (("PNG", "red"), ("JPEG", "red"), ("WEBP", "red"), ("PNG", (255, 0, 0, 128))):
        original = pictures.picture(kind, colour=colour, icc_profile=swapped + pictures.PLANTED.encode())
        copies = [decoding.cleaned(original)[1], decoding.rendition(original, **pictures.WHOLE)[1]]
        for copy in copies:
            assert b"acsp" not in copy, "a profile stands in it"
            assert pictures.PLANTED.encode() not in copy
            red, green, blue = Image.open(io.BytesIO(copy)).convert("RGB").getpixel((5, 5))
            assert green > 200 > 100 > red, (kind, red, green, blue)
        assert copies[0][:4] == original[:4]


@pytest.mark.parametrize("made_for", ["LAB", "XYZ"])
def test_a_profile_that_does_not_fit_the_pixels__goes(made_for) -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(made_for)).tobytes()
    clean = decoding.cleaned(pictures.picture(icc_profile=profile))[1]
    with Image.open(io.BytesIO(clean)) as copy:
        assert "icc_profile" not in copy.info
        assert copy.convert("RGB").getpixel((5, 5)) == (0, 128, 128)


def test_photograph_of_a_telephone__with_more_pictures_behind_it__is_the_first_alone() -> None:
    more = [Image.new("RGB", (60, 40), "red")]
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "MPO", save_all=True, append_images=more)
    assert b"MPF" in out.getvalue()
    facts, clean = decoding.cleaned(out.getvalue())
    assert (facts["format"], facts["kept_width"], facts["kept_height"]) == ("JPEG", 60, 40)
    assert b"MPF" not in clean
    assert clean.count(b"\xff\xd8\xff") == 1


def test_photograph_of_48_million_pixels__is_taken_and_stands_upright_on_the_web_and_in_print() -> None:
    on_its_side, out = Image.Exif(), io.BytesIO()
    on_its_side[decoding.ORIENTATION] = 6
    Image.linear_gradient("L").resize((8000, 6000)).save(out, "JPEG", exif=on_its_side)
    kept = images.cleaned(out.getvalue())
    assert (kept.width, kept.height) == (6000, 8000)
    width, height = printed(kept.content).size
    assert height > width
    seen, _body = images.rendition(
        kept.content, crops=[[0, 0, 6000, 8000]] * 2, sizes=[[900, 1200]] * 2, output="webp", conversions={}, quality=80
    )
    assert (seen["width"], seen["height"]) == (900, 1200)


def test_a_short_animation__keeps_its_pictures() -> None:
    for kind in ("GIF", "WEBP"):
        clean = images.cleaned(pictures.animation(kind, 7))
        assert Image.open(io.BytesIO(clean.content)).n_frames == 7


@settings(max_examples=25)  # a child each
@given(st.binary(max_size=300), st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.integers(0, 200))
def test_any_bytes__are_an_image_or_are_refused_in_words(noise, kind, cut) -> None:
    whole = pictures.picture(kind, (8, 6))
    mixed = whole[:cut] + noise + whole[cut + len(noise) :]
    with contextlib.suppress(images.UnreadableImage):
        assert images.cleaned(mixed).width > 0


@pytest.mark.django_db
def test_a_rendition__is_made_in_a_child_and_stands_upright(monkeypatch) -> None:
    file = ImageFile(io.BytesIO(pictures.held_sideways()), name="lamp.jpg")
    image = get_image_model().objects.create(title="Lamp", file=file)
    jobs = []
    run = budgeted.run
    monkeypatch.setattr(budgeted, "run", lambda job, *rest: jobs.append(job) or run(job, *rest))
    sizes = {}
    for spec in ("max-30x30", "fill-20x20", "width-10", "original", "max-30x30|format-png", "max-30x30|bgcolor-fff"):
        made = image.get_rendition(spec)
        sizes[spec] = (made.width, made.height)
        with made.file.open() as opened:
            assert Image.open(opened).size == sizes[spec]
    assert sizes == {
        "max-30x30": (20, 30), "fill-20x20": (20, 20), "width-10": (10, 15), "original": (40, 60),
        "max-30x30|format-png": (20, 30), "max-30x30|bgcolor-fff": (20, 30),
    }  # fmt: skip
    assert jobs == ["files.images.decoding:rendition"] * 6


@pytest.mark.parametrize(
    ("depth", "colour"), [(1, False), (2, False), (4, False), (8, False), (16, False), (8, True), (16, True)]
)
def test_a_colour_that_is_seen_through__is_nothing_in_the_copy_in_renditions_and_in_print(depth, colour) -> None:
    content = pictures.png_with_a_key(depth, colour)
    size = {"crops": [[0, 0, 8, 4]] * 2, "sizes": [[4, 2]] * 2}
    made = (decoding.cleaned(content)[1], decoding.rendition(content, **pictures.WHOLE | size)[1])
    for copy in made:
        with Image.open(io.BytesIO(copy)) as image:
            assert image.convert("RGBA").getpixel((1, 1))[3] == 0
    for file in (content, *made):
        assert printed(file).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("output", ["png", "webp", "jpeg"])
def test_a_rendition_of_grey_in_16_bits__is_as_grey(output) -> None:
    _, content = decoding.rendition(pictures.grey_of_16_bits(90 * 257), **pictures.WHOLE | {"output": output})
    with Image.open(io.BytesIO(content)) as image:
        assert image.convert("L").getpixel((5, 5)) == pytest.approx(90, abs=2)


@pytest.mark.django_db
def test_images_of_former_days__are_cleaned_by_the_clock_once() -> None:
    model = get_image_model()
    for name in ("one", "two"):
        content = pictures.picture()
        model.objects.create(title=name, file=ImageFile(io.BytesIO(content), name=f"{name}.png"))
    broken = model.objects.create(title="three", file=ImageFile(io.BytesIO(pictures.picture()), name="three.png"))
    with broken.file.storage.open(broken.file.name, "wb") as file:
        file.write(b"no image any more")
    assert clean_waiting() == 3
    assert clean_waiting() == 0
    assert CleanedImage.objects.exclude(name="").count() == 1  # two uploads of the same bytes
    assert kept_file(broken).source == ""


def test_an_image_that_costs_too_much__says_so(monkeypatch) -> None:
    monkeypatch.setattr(images, "BUDGET", budgeted.Budget(cpu=10, memory=60 * budgeted.MIB, wall=30))
    big = pictures.picture("JPEG", (5000, 4000))
    began = time.monotonic()
    with pytest.raises(images.UnreadableImage, match=r"too much time or memory"):
        images.cleaned(big)
    assert time.monotonic() - began < 20


def profile_form(user: Any, name: str, content: bytes) -> AvatarPreferencesForm:
    files = {"avatar": SimpleUploadedFile(name, content)}
    return AvatarPreferencesForm({}, files, instance=UserProfile.get_for_user(user))


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "other.png"])
def test_a_bad_profile_picture__is_an_error_of_the_form(people, name) -> None:
    assert profile_form(people["rapporteur"], name, HOSTILE[name]()).errors["avatar"]


@pytest.mark.django_db
def test_a_profile_picture__is_a_clean_copy_for_people_who_work_in_the_admin(people, client) -> None:
    profile = profile_form(people["rapporteur"], "me.jpg", pictures.held_sideways()).save()
    with profile.avatar.open() as file:
        assert pictures.PLANTED.encode() not in file.read()
    for role, expected in (("rapporteur", 200), ("other_rapporteur", 200), ("nobody", 404)):
        client.force_login(people[role])
        assert client.get(profile.avatar.url).status_code == expected
    client.logout()
    assert client.get(profile.avatar.url).status_code == 404


@pytest.mark.django_db
def test_the_preview_of_a_size__is_made_in_a_child_too(people, client) -> None:
    image = get_image_model().objects.create(
        title="Lamp", file=ImageFile(io.BytesIO(pictures.held_sideways()), name="lamp.jpg")
    )
    client.force_login(people["secretariat"])
    response = client.get(reverse("wagtailimages:preview", args=[image.pk, "max-30x30"]))
    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (20, 30)


def test_a_picture_that_is_seen_through__is_on_white_paper_as_a_jpeg() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(out, "PNG")
    size = {"crops": [[0, 0, 20, 10]] * 2, "sizes": [[20, 10]] * 2}
    _facts, made = decoding.rendition(out.getvalue(), **pictures.WHOLE | size | {"output": "jpeg"})
    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.mode, picture.getpixel((5, 5))) == ("JPEG", "RGB", (255, 255, 255))
