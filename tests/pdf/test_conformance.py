"""PDF/UA-1 with PDF/A-2a and 3a, and PDF/UA-2 with PDF/A-4f, as independent checkers see them; and the promises that no
checker knows."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from editions.document.model import Document, Figure
from pdf.composition.yearbook import VolumeJob
from pdf.print_job import (
    Comparison,
    Correction,
    Declaration,
    Disposition,
    Dissent,
    Gathering,
    LogHead,
    Objection,
    PrintJob,
)
from pdf.render import render, render_brief, render_redline, render_volume
from pdf.sealing.certificates import make
from pdf.sealing.pades import sealed
from tests.pdf import samples
from tests.pdf.reading import squeezed, structure_text
from tests.pdf.redlines import redline_job
from tests.pdf.samples import text
from tests.pdf.sealing.time_stamps import authority
from tests.pdf.test_hostile import CASES, LONG_NOTES, PRIVATE_USE

LAUNCHER = Path(__file__).parents[1] / "validators" / "verapdf"


def picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGBA").resize((300, 200)).save(out, "PNG")
    return out.getvalue()


def full_draft() -> Any:
    figure = Figure("fig", "lamp.png", "A lamp that fades from black to white", (text("A lamp"),), 300, 200)
    content = samples.document("en", 2)
    content = replace(content, blocks=(figure, *content.blocks))
    comparison = Comparison("BPF-2099-LAMPS-E1", frozenset({"a0", "l1c"}), 1, 1, 2)
    return samples.job(
        content, "comment", closes="2099-04-30", images={"lamp.png": picture()}, comparison=comparison, paper="Letter"
    )


def full_outcome() -> Any:
    declaration = Declaration(
        "Ada Example", "Facilitator", "2099-11-05", "No objection was left.", (Objection("Cost.", "Outweighed."),)
    )
    answers = tuple(Disposition(n, f"¶ {n}", "Say more of oil. " * 9, "Accepted", "Done in ¶ 3.") for n in range(1, 30))
    return samples.job(
        samples.document("en", 2), "final", declaration=declaration, dispositions=answers,
        dissents=(Dissent("Un groupe de ports", "Le coût reste élevé.", "fr"),),
        correction=Correction("BPF-2099-LAMPS-E1", "A wrong date."), successor="BPF-2099-LAMPS-E3",
        log_head=LogHead(5, "ab" * 32),
        sessions=(Gathering("2099-11-03", "Wrap-up of the forums", "Room 2, Port Fiction", 61),),
    )  # fmt: skip


def long_document() -> Document:
    """More than 2,000 numbered passages."""
    return samples.document("en", 165)


def further_files() -> dict[str, bytes]:
    """A brief, a yearbook and hostile text, all without an attachment."""
    jobs = tuple(samples.job(samples.document(language, 1)) for language in ("en", "ar"))
    volume = VolumeJob(
        "Outcomes of 2099", "BPF-2099", "https://library.example/library/2099/yearbook.pdf", jobs, jobs[0].published
    )
    made = {"brief": render_brief(jobs[1]).content, "yearbook": render_volume(volume).content}
    for language in ("en", "ar"):
        made[f"redline-{language}"] = render_redline(redline_job(language)).content
        made[f"large-{language}"] = render(samples.job(samples.document(language), "comment", paper="Large A4")).content
    return made | {name: render(job).content for name, job in hostile_jobs().items()}


def hostile_jobs() -> dict[str, PrintJob]:
    return {
        f"hostile-{name}": samples.job(
            Document("Hostile text of 2099", "en", blocks, "", LONG_NOTES if name == "long_notes" else ()), "comment"
        )
        for name, blocks in (CASES | {"private-use": PRIVATE_USE}).items()
    }


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Files by the part of PDF/A that they claim."""
    folder = tmp_path_factory.mktemp("printed")
    jobs = {
        f"{language}-{stage}": samples.job(samples.document(language), stage)
        for language in samples.LANGUAGES
        for stage in ("wrap_up", "final")
    }
    jobs |= {
        "full-draft": full_draft(),
        "full-outcome": full_outcome(),
        "long": samples.job(long_document(), "comment"),
    }
    files: dict[str, list[Path]] = {"2a": [], "3a": [], "4f": []}
    for name, made in further_files().items():
        files["2a"].append(folder / f"{name}.pdf")
        files["2a"][-1].write_bytes(made)
    for name, job in jobs.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(render(job).content)
        files["2a" if job.is_draft else "3a"].append(path)
    del jobs["long"]  # what makes it long is the same; a checker takes half a minute to read it
    for name, job in {**jobs, **hostile_jobs()}.items():
        files["4f"].append(folder / f"{name}-2.0.pdf")
        files["4f"][-1].write_bytes(render(replace(job, is_pdf_2=True)).content)
    make(folder / "certificate.pem", folder / "key.pem")
    key, certificate = ((folder / f"{name}.pem").read_bytes() for name in ("key", "certificate"))
    files["3a"].append(folder / "sealed.pdf")
    outcome = (folder / "full-outcome.pdf").read_bytes()
    files["3a"][-1].write_bytes(sealed(outcome, certificate, key, reason="A test."))
    with authority() as clock:
        (folder / "clock.pem").write_bytes(clock.certificate)
        files["3a"].append(folder / "sealed-at-a-time.pdf")
        files["3a"][-1].write_bytes(sealed(outcome, certificate, key, reason="A test.", timestamp_url=clock.address))
    return files


def everything(printed: dict[str, list[Path]]) -> list[Path]:
    return [*printed["2a"], *printed["3a"]]


def files_of(flavour: str, printed: dict[str, list[Path]]) -> list[Path]:
    return everything(printed) if flavour == "ua1" else printed["4f" if flavour == "ua2" else flavour]


@pytest.fixture(scope="module")
def verdicts(printed: dict[str, list[Path]]) -> "subprocess.CompletedProcess[str]":
    """A line for each file and flavour it says it is of: all files in one start, each read once."""
    files = chain(*printed.values())
    return subprocess.run([LAUNCHER, "0", *files], capture_output=True, text=True, check=False)


@pytest.mark.skipif(not shutil.which("java") or not shutil.which("mvn"), reason="veraPDF needs Java and Maven")
@pytest.mark.parametrize("flavour", ["ua1", "2a", "3a", "ua2", "4f"])
def test_verapdf__of_every_sample__finds_no_fault(printed, verdicts, flavour):
    found = verdicts.stdout.splitlines()
    failed = [line for line in found if not line.startswith("PASS")]
    assert not failed, "\n".join(failed[:20])
    assert sorted(line for line in found if line.endswith(f" {flavour}")) == sorted(
        f"PASS {path} {flavour}" for path in files_of(flavour, printed)
    ), verdicts.stderr[-2000:]


def test_verapdf__of_an_untagged_file__finds_faults(tmp_path):
    """The check can fail."""
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "plain.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 72, "untagged")
    canvas.save()
    done = subprocess.run([LAUNCHER, "ua1", path], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("FAIL")


@pytest.mark.skipif(not shutil.which("java") or not shutil.which("mvn"), reason="DSS needs Java and Maven")
def test_dss__of_a_sealed_file__finds_the_whole_of_it_signed_and_one_changed_byte(printed, tmp_path):
    """As those see it who receive signed files by the rules of the European Union."""
    (file,) = [path for path in printed["3a"] if path.stem == "sealed"]
    stamped = file.with_name("sealed-at-a-time.pdf")
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(file.read_bytes().replace(b"W5M0MpCehiHzreSzNTczkc9d", b"W5M0MpCehiHzreSzNTczkc9e", 1))
    command = [LAUNCHER.with_name("dss"), file.with_name("certificate.pem"), file, changed, stamped]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "TOTAL_PASSED null PAdES_BASELINE_B FULL", "TOTAL_FAILED HASH_FAILURE PAdES_BASELINE_B FULL",
        "TOTAL_PASSED null PAdES_BASELINE_T FULL",
    ], done.stderr[-2000:]  # fmt: skip


def test_pdfua__of_every_sample__finds_no_error(printed):
    checker = pytest.importorskip("pdfua")
    for path in everything(printed):
        report = checker.validate(path)
        assert not [found for found in report.findings if found.severity.name == "ERROR"], path.name


def test_qpdf__of_every_sample__finds_the_file_whole(printed):
    for path in chain(*printed.values()):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{path.name}: {done.stderr[-500:]}"
        assert "No syntax or stream encoding errors found" in done.stdout


def test_poppler__of_every_sample__reads_the_structure_without_complaint(printed):
    for path in chain(*printed.values()):
        done = subprocess.run(["pdfinfo", "-struct", path], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("Document")
        assert not done.stderr, f"{path.name}: {done.stderr[:500]}"


@pytest.fixture(params=["en-wrap_up", "ar-final", "zh-final", "full-draft", "full-outcome"])
def file(request: Any, printed: dict[str, list[Path]]) -> Iterator[pikepdf.Pdf]:
    path = next(path for path in everything(printed) if path.stem == request.param)
    with pikepdf.open(path) as opened:
        yield opened


def test_fonts__are_all_embedded_with_their_letters(file):
    for page in file.pages:
        for font in page.Resources.Font.values():
            assert font.Subtype == "/Type0"
            assert "/ToUnicode" in font
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_pages__hold_no_painting_outside_marked_content(file):
    painting = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI", "Tj", "TJ", "'", '"'}
    for page in file.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert 0 <= depth <= 1
            assert depth or operator not in painting
        assert depth == 0
        assert b"/MCID" in page.Contents.read_bytes(), "an empty page"


def test_file__is_plain_pdf_1_7_with_title_language_labels_and_bookmarks(file):
    assert file.pdf_version == "1.7"
    assert not file.is_encrypted
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) in samples.LANGUAGES
    assert "/PageLabels" in file.Root
    assert all(page.Tabs == "/S" for page in file.pages)
    with file.open_outline() as outline:
        assert outline.root


def nodes(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from nodes(kid)


def test_structure__has_headings_in_order_and_words_for_every_figure(file):
    found = list(nodes(file.Root.StructTreeRoot.K[0]))
    tags = [str(node.S)[1:] for node in found]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"H[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(str(node.Alt).strip() for node in found if node.S == "/Figure")
    notes = [str(node.ID) for node in found if node.S == "/Note"]
    assert notes
    assert len(notes) == len(set(notes))
    wanted = {"L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Caption", "BlockQuote", "Link",
              "Reference", "Note", "Span", "Figure", "TOC", "TOCI"}  # fmt: skip
    assert wanted <= {*tags, *(("TOC", "TOCI") if "TOC" not in tags else ())}


def test_outcome__says_where_it_was_discussed_and_which_step_made_it(printed, tmp_path):
    path = next(path for path in everything(printed) if path.stem == "full-outcome")
    read = structure_text(path.read_bytes(), tmp_path)
    assert "Log,step5" + "ab" * 32 in read
    assert squeezed("2099-11-03Wrap-up of the forums; Room 2, Port Fiction; in the room and online: 61") in read


def test_table__has_scopes_and_its_head_is_tagged_once_over_pages(printed):
    path = next(path for path in everything(printed) if path.stem == "full-outcome")
    with pikepdf.open(path) as file:
        found = list(nodes(file.Root.StructTreeRoot.K[0]))
        scopes = {str(node.A.Scope) for node in found if node.S == "/TH"}
        heads = [node for node in found if node.S == "/THead"]
        landscape = [page for page in file.pages if page.mediabox[2] > page.mediabox[3]]
    assert scopes == {"/Column", "/Row"}
    assert all(isinstance(node.K, pikepdf.Dictionary) for node in heads)
    assert len(landscape) >= 2


def test_outcome__carries_its_source_and_a_draft_does_not(printed):
    for path in everything(printed):
        with pikepdf.open(path) as file:
            if path in printed["2a"]:
                assert "/AF" not in file.Root
                continue
            attached = file.Root.AF[0]
            assert attached.AFRelationship == "/Source"
            assert attached.EF.F.read_bytes().startswith(b'{"blocks":')
