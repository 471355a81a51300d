"""The colours of tokens.css: text on its ground holds 4.5:1, the edge of a control 3:1, in both schemes.

Relative luminance and contrast ratio: WCAG 2.2, definitions "relative luminance" and "contrast ratio".
"""

import re

import pytest
from django.conf import settings

CSS = (settings.STATICFILES_DIRS[0] / "css" / "tokens.css").read_text("utf-8")
LIGHT_PART, DARK_PART = CSS.split("@media (prefers-color-scheme: dark)")
GROUNDS = ("paper", "surface", "sunken")
STAGES = ("drafting", "comment", "incorporating", "wrap_up", "final", "recorded", "withdrawn")

TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link", "link-hover", "link-visited") for ground in GROUNDS),
    *((ink, ground) for ink in ("brass", "danger") for ground in GROUNDS),
    *((f"on-stage-{stage}", f"stage-{stage}") for stage in STAGES),
    *((ink, notice) for ink in ("ink", "link", "link-visited") for notice in ("notice", "warning")),
    ("on-fictitious", "fictitious"),
    ("on-accent", "accent"),
    ("on-band", "band"),
    ("on-band-soft", "band"),
    ("on-mark", "mark"),
    ("on-added", "added"),
    ("on-removed", "removed"),
]
EDGE_PAIRS = [
    *(("rule-strong", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in GROUNDS),
    ("focus-on-band", "band"),
    ("notice-edge", "paper"),
    ("warning-edge", "paper"),
    ("fictitious-edge", "paper"),
]


def colours(*parts):
    found = {}
    for part in parts:
        found |= dict(re.findall(r"--([a-z_-]+):\s*(#[0-9a-f]{6});", part))
    return found


SCHEMES = {"light": colours(LIGHT_PART), "dark": colours(LIGHT_PART, DARK_PART)}


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast__of_black_on_white__is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text__on_its_ground__can_be_read(scheme, ink, ground):
    assert contrast(SCHEMES[scheme][ink], SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edge_of_a_control__on_its_ground__can_be_seen(scheme, edge, ground):
    assert contrast(SCHEMES[scheme][edge], SCHEMES[scheme][ground]) >= 3
