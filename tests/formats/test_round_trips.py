"""Documents made at random, written by other programs, come back block by block."""

import shutil
import subprocess

import pytest

from formats import html, markdown, pdf
from tests.browser.chromium import chromium
from tests.formats.accounting import unaccounted
from tests.formats.corpus import Maker, as_html, as_markdown, likeness

LANGUAGES = ["en", "ru", "ar", "zh"]
needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")


def by_pandoc(text: str, target: str) -> bytes:
    command = ["pandoc", "--from=markdown-smart", f"--to={target}", "--standalone", "--wrap=auto"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60).stdout


@needs_pandoc
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("target", "reader"), [("html5", html), ("gfm", markdown), ("commonmark_x", markdown)])
def test_written_by_pandoc__comes_back(language, target, reader):
    same = total = 0
    for seed in range(4):
        made = Maker(seed, language).document()
        content = by_pandoc(as_markdown(made), target)
        draft = reader.read(content, "x")
        assert unaccounted(reader.words(content), draft) == ""
        assert draft.document.title == made.title
        assert len(draft.document.notes) == len(made.notes)
        one, other = likeness(made, draft.document)
        same, total = same + one, total + other
    assert same >= 0.99 * total, (same, total)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize(("tagged", "least"), [(True, 0.95), (False, 0.90)])
def test_printed_by_chromium__comes_back(language, tagged, least):
    same = total = 0
    with chromium() as browser:
        page = browser.new_page()
        for seed in range(4):
            made = Maker(seed, language, notes=False).document()
            page.set_content(as_html(made, "@page{size:A4;margin:22mm}"))
            content = page.pdf(tagged=tagged, prefer_css_page_size=True)
            draft = pdf.read(content, "x.pdf")
            assert unaccounted(pdf.words(content), draft) == ""
            assert draft.document.title == made.title
            one, other = likeness(made, draft.document, styles=False)
            same, total = same + one, total + other
    assert same >= least * total, (same, total)
