"""Citations: parsed by programs we did not write, and compared word by word where a style prescribes the words."""

from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bs4 import BeautifulSoup

from api.citations.bibliography_writers import bibtex, csl, datacite, dublin_core, ris
from api.citations.citable import document_of, work_of
from api.citations.page_metadata import highwire
from api.citations.work import Work
from editions import services
from editions.document.citation_styles import STYLES, apa, chicago, ieee, mla, united_nations
from pdf.composition.front_matter import citation
from pdf.printing.job_from_edition import job_for
from tests.bpf_pages.published import NOW, publish
from tests.factories import OutcomePageFactory

FORUM = "IGF Best Practice Forum on Lamps & Storms"
WORK = Work(
    identifier="BPF-2099-LAMPS-E2",
    authors=(FORUM,),
    title="Lamps in storms",
    issued="2099-05-01",
    language="en",
    address="https://library.example/library/2099/lamps/outcome/editions/2/",
    version="2",
    genre="Outcome document",
    abstract="What lamps do.",
    keywords=("Lamps",),
    licence="Fictitious licence",
)
HOSTILE = ["50% & more", "{braces} }{", 'He said "no"', "C:\\lamps_#1 ~ $5^2", "أبراج المصابيح", "在风暴中", "Лампы",
           "a\nER  - \nTY  - RPRT"]  # fmt: skip


def test_styles__of_an_edition__are_the_golden_sentences():
    assert apa(WORK.cited) == (
        "IGF Best Practice Forum on Lamps & Storms. (2099). Lamps in storms (BPF-2099-LAMPS-E2). "
        "Best Practice Forum Library. https://library.example/library/2099/lamps/outcome/editions/2/"
    )
    assert chicago(WORK.cited) == (
        "IGF Best Practice Forum on Lamps & Storms. 2099. Lamps in storms. BPF-2099-LAMPS-E2. "
        "Best Practice Forum Library. https://library.example/library/2099/lamps/outcome/editions/2/."
    )
    assert mla(WORK.cited) == (
        "IGF Best Practice Forum on Lamps & Storms. Lamps in storms. BPF-2099-LAMPS-E2, Best Practice Forum Library, "
        "2099, https://library.example/library/2099/lamps/outcome/editions/2/."
    )


@pytest.mark.parametrize(
    ("sentence", "change", "words"),
    [
        (ieee, {}, f"{FORUM}, “Lamps in storms,” Best Practice Forum Library, Rep. BPF-2099-LAMPS-E2, 2099. "
         f"[Online]. Available: {WORK.address}"),
        (ieee, {"title": "Which lamps?", "authors": ("A", "B"), "paragraph": 3},
         "A and B, “Which lamps?” Best Practice Forum Library, Rep. BPF-2099-LAMPS-E2, 2099, para. 3. [Online]"),
        (united_nations, {}, f"{FORUM}, Lamps in storms (Best Practice Forum Library, BPF-2099-LAMPS-E2, 2099). "
         f"Available at {WORK.address}."),
        (united_nations, {"paragraph": 12, "note": "Work in progress"}, "2099), para. 12. Work in progress. Available"),
        (united_nations, {"issued": "", "authors": ("A", "B", "C")},
         "A, B, and C, Lamps in storms (Best Practice Forum Library, BPF-2099-LAMPS-E2, n.d.)."),
    ],
)  # fmt: skip
def test_ieee_and_united_nations__write_their_own_sentences(sentence, change, words):
    assert sentence(replace(WORK, **change).cited).startswith(words) or words in sentence(replace(WORK, **change).cited)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"authors": ("A", "B")}, "A, and B. Lamps"),
        ({"authors": ("A", "B", "C")}, "A, et al. Lamps"),
        ({"issued": ""}, "Library, https://"),
        ({"paragraph": 12}, "BPF-2099-LAMPS-E2, par. 12, Best"),
        ({"note": "Work in progress"}, "editions/2/. Work in progress."),
    ],
)
def test_mla__of_other_works__follows_the_handbook(change, words):
    assert words in mla(replace(WORK, **change).cited)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"authors": ("A", "B")}, "A & B. (2099)."),
        ({"authors": ("A", "B", "C")}, "A, B, & C. (2099)."),
        ({"issued": ""}, "Storms. (n.d.)."),
        ({"paragraph": 12}, "(BPF-2099-LAMPS-E2, para. 12). "),
        ({"note": "Work in progress, do not cite as final"}, "E2). Work in progress, do not cite as final. Best"),
        ({"authors": ("Lamps Inc.",)}, "Lamps Inc. (2099)."),
        ({"title": "أبراج المصابيح"}, "أبراج المصابيح (BPF-2099-LAMPS-E2)."),
    ],
)
def test_apa__of_other_works__says(change, words):
    assert words in apa(replace(WORK, **change).cited)


@pytest.mark.parametrize("title", HOSTILE)
def test_bibtex__whatever_the_title__parses_and_keeps_the_author_whole(title):
    read = bibtexparser.parse_string(bibtex(replace(WORK, title=title)))
    assert not read.failed_blocks
    (entry,) = read.entries
    assert entry.key == "BPF-2099-LAMPS-E2"
    assert entry["author"] == r"{IGF Best Practice Forum on Lamps \& Storms}"
    assert entry["number"] == "BPF-2099-LAMPS-E2"
    assert entry["version"] == "2"


@pytest.mark.parametrize("title", HOSTILE)
def test_ris__whatever_the_title__is_one_record_with_one_author(title):
    (record,) = rispy.loads(ris(replace(WORK, title=title)).replace("\r\n", "\n"))
    assert record["authors"] == [FORUM]
    assert record["title"] == " ".join(title.split())
    assert record["year"] == "2099"


def test_author_and_keywords_with_commas__are_not_parted_by_any_program():
    """RIS and the tags of scholarly search engines read “last, first”; lists of keywords are parted by commas."""
    group = "IGF Best Practice Forum on Cybersecurity: culture, norms and values"
    work = replace(WORK, authors=(group,), keywords=("Norms, and culture", "Spam"))
    (record,) = rispy.loads(ris(work).replace("\r\n", "\n"))
    assert record["authors"] == [group.replace(", ", "，")]
    assert record["keywords"] == ["Norms, and culture", "Spam"]
    assert dict(highwire(work))["citation_author"] == group.replace(", ", "，")
    (entry,) = bibtexparser.parse_string(bibtex(work)).entries
    assert entry["author"] == f"{{{group}}}"
    assert entry["keywords"].split(", ") == ["Norms，and culture", "Spam"]
    assert csl(work)["author"] == [{"literal": group}]
    assert csl(work)["keyword"].split(", ") == ["Norms，and culture", "Spam"]
    assert datacite(work)["creators"][0]["name"] == group


def test_csl_datacite_and_dublin_core__name_the_group_and_the_lasting_address():
    work = replace(WORK, paragraph=3, address=f"{WORK.address}#p3")
    assert csl(work)["author"] == [{"literal": FORUM}]
    assert csl(work)["issued"] == {"date-parts": [[2099, 5, 1]]}
    assert csl(work)["section"] == "para. 3"
    assert datacite(work)["creators"] == [{"name": FORUM, "nameType": "Organizational"}]
    assert datacite(work)["identifiers"][0]["identifier"].endswith("#p3")
    assert ("creator", FORUM) in list(dublin_core(work))
    assert ("identifier", work.address) in list(dublin_core(work))
    assert [value for name, value in dublin_core(work) if name == "rights"] == ["Fictitious licence"]
    assert not [value for name, value in dublin_core(replace(work, licence="")) if name == "rights"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "form",
    [
        "bib",
        "ris",
        "csl.json",
        "ld.json",
        "datacite.json",
        "dc.xml",
        "apa.txt",
        "chicago.txt",
        "mla.txt",
        "ieee.txt",
        "un.txt",
    ],
)
def test_files__of_document_edition_and_paragraph__name_what_they_cite(client, form):
    edition = publish(stage="comment")
    whole = client.get(f"{edition.address}cite.{form}")
    assert edition.series in whole.content.decode()
    assert edition.identifier not in whole.content.decode()
    one = client.get(f"{edition.permanent_address}cite.{form}?paragraph=1")
    assert f"{edition.permanent_address}#p1" in one.content.decode()
    assert one["Content-Disposition"] == f'attachment; filename="{edition.identifier}-p1.{form}"'
    draft = client.get(f"{edition.permanent_address}cite.{form}").content.decode()
    assert "do not cite as final" in draft
    assert client.get(f"{edition.permanent_address}cite.{form}?paragraph=999").status_code == 404


@pytest.mark.django_db
def test_file__of_a_withdrawn_edition__is_gone_and_says_nothing_of_it(client):
    edition = publish(OutcomePageFactory(title="Zqwithdrawn"))
    services.withdraw(edition.series, "Fictitious reason.", NOW)
    for address in (edition.address, edition.permanent_address):
        response = client.get(f"{address}cite.bib")
        assert response.status_code == 410
        assert b"Zqwithdrawn" not in response.content


@pytest.mark.django_db
def test_page__of_an_edition__prints_the_sentence_and_links_the_files(client):
    edition = publish()
    html = client.get(edition.address).content.decode()
    assert edition.permanent_address + "cite.bib" in html
    for style in STYLES.values():
        assert style.sentence(work_of(edition).cited) in html


@pytest.mark.django_db
def test_cite_page__of_document_edition_and_paragraph__has_every_style_as_text_and_its_own_files(client):
    edition = publish()
    for address, work, query in (
        (f"{edition.address}cite/", document_of(edition), ""),
        (f"{edition.permanent_address}cite/", work_of(edition), ""),
        (f"{edition.permanent_address}cite/?paragraph=1", work_of(edition, 1), "?paragraph=1"),
    ):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        told = [tag.get_text() for tag in page.select(".citation")]
        assert told == [style.sentence(work.cited) for style in STYLES.values()]
        links = {link["href"] for link in page.select("a[download]")}
        assert f"{address.partition('?')[0][:-6]}/cite.ris{query}" in links
        for link in links:
            assert work.key in client.get(link).content.decode()
    unknown = client.get(f"{edition.permanent_address}cite/?paragraph=99")
    assert unknown.status_code == 404
    page = BeautifulSoup(unknown.content, "html.parser")
    assert "no paragraph" in page.select_one("[role=alert]").get_text()
    assert page.select_one("#cite-paragraph")["value"] == "99"


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["comment", "final"])
def test_sentence__in_the_printed_file__is_that_of_the_page(stage):
    edition = publish(stage=stage)
    job = job_for(edition)
    assert citation(job) + job.address == apa(work_of(edition).cited)


@pytest.mark.parametrize(("issued", "date"), [("2099-05-01", "2099-05-01"), ("2099-05", "2099-05"), ("2099", None)])
def test_bibtex__names_the_day_where_one_is_known(issued, date):
    (entry,) = bibtexparser.parse_string(bibtex(replace(WORK, issued=issued))).entries
    said = {field.key: field.value for field in entry.fields}
    assert (said["year"], said.get("date")) == ("2099", date)
