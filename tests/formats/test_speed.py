"""How long a report of 200 pages takes, and how much memory: printed; the bound held here is loose."""

import subprocess
import sys

from tests.formats.docx.docx_files import DECIMAL, docx, item, note, numbering, p, row, t, table

PAGES, PER_PAGE = 200, 8  # paragraphs of 60 words and what stands between them
SCRIPT = """
import sys, time
from formats.reading import read
content = open(sys.argv[1], "rb").read()
before = time.process_time()
draft, ledger = read("report.docx", content)
took = time.process_time() - before
memory = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(ledger.words, ledger.unaccounted_words, took, int(memory) / 1024)
"""


def report() -> bytes:
    """Each word is spelled once, as compressing is not what is timed."""
    parts, notes = [], []
    for page in range(PAGES):
        parts.append(p(f"Part {page}", "Heading2"))
        for place in range(PER_PAGE):
            words = " ".join(f"w{page}x{place}y{count}" for count in range(56))
            mark = f'<w:r><w:footnoteReference w:id="{page}"/></w:r>' if place == 0 else ""
            parts.append(
                p(t(words + " ") + t("in bold", "<w:b/>") + mark + t(" and so on.", '<w:lang w:val="en-GB"/>'))
            )
        parts += [item(f"item {page} {place}") for place in range(4)]
        parts.append(table(*(row(*(f"c{page}r{line}n{cell}" for cell in range(4))) for line in range(5))))
        notes.append(note(str(page), f"Note {page} says more."))
    return docx("".join(parts), numbers=numbering(DECIMAL), footnotes="".join(notes))


def test_a_report_of_200_pages(tmp_path, capsys):
    path = tmp_path / "report.docx"
    path.write_bytes(report())
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(path)], check=True, capture_output=True, text=True)
    words, lost, took, memory = (float(one) for one in done.stdout.split())
    with capsys.disabled():
        sys.stdout.write(f"\n{words:.0f} words of {PAGES} pages: {took:.2f} s CPU, {memory:.0f} MB in all\n")
    assert words > 90_000
    assert lost == 0
    assert took < 12  # 3 s on a machine with nothing else to do
    assert memory < 200
