"""What an office document would unpack to is counted before anything parses it."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.budgets import archives
from core.budgets.archives import Limits, check
from core.budgets.budgeted_child import No


def archive(*parts: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


def reason(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(No) as raised:
        check(content, limits)
    return str(raised.value.reason)


def test_an_ordinary_archive__names_its_parts() -> None:
    assert check(archive(("a.xml", "<a><b/></a>"), ("b/c.png", b"\x89PNG"))) == ["a.xml", "b/c.png"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (archive(*((f"{n}.txt", "") for n in range(2_001))), archives.TOO_LARGE),
        (archive(("a.bin", bytes(1024 * 1024))), archives.TOO_PACKED),
        (archive(("w.xml", f"<d>{'<w:p/>' * 170_000}</d>")), archives.TOO_PACKED),
        (archive(("w.xml", f"<d>{'<p/>' * 400_001}</d>"), method=zipfile.ZIP_STORED), archives.TOO_LARGE),
        (archive(("w.xml", "<d>" * 250 + "</d>" * 250)), archives.TOO_DEEP),
        (archive(("w.xml", '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')), archives.DECLARES),
        (archive(("w.xml", "<d>")), archives.BROKEN),
        (archive(("w.XML", "no xml")), archives.BROKEN),
        (b"PK\x03\x04 and nothing behind it", archives.BROKEN),
        (b"", archives.BROKEN),
    ],
)  # fmt: skip
def test_an_archive_that_is_not_what_it_looks_like__is_refused_before_it_is_parsed(content, why) -> None:
    assert reason(content) == why


def test_sizes_that_are_not_true__are_found_while_reading() -> None:
    honest = archive(("w.xml", f"<d>{'x' * 5000}</d>"))
    lying = honest.replace((5007).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != honest
    assert reason(lying) == archives.BROKEN


@given(st.binary(max_size=400), st.integers(0, 200))
def test_any_bytes__are_an_archive_or_refused(noise, at) -> None:
    whole = archive(("a.xml", "<a>text</a>"), ("b.txt", "words"))
    with contextlib.suppress(No):
        check(whole[:at] + noise + whole[at:])
