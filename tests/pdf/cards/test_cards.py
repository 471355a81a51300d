"""The picture beside a link: in every script, whatever the title, small, the same again, and gone with its edition."""

import io

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from PIL import Image

from editions import services
from pdf.cards.drawing import GROUND, HEIGHT, INK, MARGIN, WIDTH, Card, drawn
from tests.bpf_pages.published import publish

TITLES = {
    "en": "Lamps in storms", "ar": "المصابيح في العواصف", "zh-hans": "风暴中的灯塔网络" * 9, "ru": "Лампы в бурю",
    "fr": "« Lampes » dans l’orage " * 20, "de": "Donaudampfschifffahrtsgesellschaft" * 8, "fa": "",
    "x": "🕯\x07\u202e\n",
}  # fmt: skip


@pytest.mark.parametrize("language", TITLES)
def test_card__in_every_script__has_its_ink_inside_the_margins_and_is_small(language):
    rtl = language in ("ar", "fa")
    card = Card(TITLES[language], "Fictitious forum", "BPF-2099-LAMPS-E1", language, is_rtl=rtl)
    content = drawn(card)
    assert drawn(card) == content
    assert len(content) < 60_000
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    dark = [
        x for x in range(0, WIDTH, 2) for y in range(150, 500, 3)
        if sum(abs(a - b) for a, b in zip(image.getpixel((x, y)), INK, strict=True)) < 60
    ]  # fmt: skip
    if language not in ("fa", "x"):
        assert dark
        edge = max(dark) if rtl else min(dark)
        assert abs(edge - (WIDTH - MARGIN if rtl else MARGIN)) < 30, "it begins where its language begins"
    corner = image.getpixel((0 if rtl else WIDTH - 1, 0))
    assert max(abs(a - b) for a, b in zip(corner, GROUND, strict=True)) < 8


@pytest.mark.django_db
def test_page__names_its_card_with_a_text_for_who_does_not_see_it(client):
    edition = publish(title='Lamps & "storms"')
    page = BeautifulSoup(client.get(edition.address).content, "html.parser")
    told = {tag["property"]: tag["content"] for tag in page.find_all("meta", property=True)}
    assert told["og:image:alt"].endswith(f'Lamps & "storms" ({edition.identifier})')
    address = "/" + told["og:image"].split("/", 3)[3]
    picture = client.get(address)
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(address, headers={"If-None-Match": picture["ETag"]}).status_code == 304
    services.withdraw(edition.series, "Fictitious reason.", timezone.now())
    gone = client.get(address)
    assert (gone.status_code, gone.content) == (410, b"")
