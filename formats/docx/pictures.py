"""Pictures, charts, diagrams and text boxes in a Word text. Pure."""

from dataclasses import dataclass, field

from editions.document.model import Figure
from formats.docx.job import Job, Story
from formats.docx.ledger_words import descriptions, element_words, part_words
from formats.docx.package import CHART, DIAGRAM, PIC, WP, A, O, R, V, W
from formats.draft import Doubt, Reason
from formats.office.archive import Element
from formats.office.picture_kinds import is_file_name

PLACE = "descriptions of pictures"
_BLIP, _IMAGE, _BOX = f"{A}blip", f"{V}imagedata", f"{W}txbxContent"
_OBJECT = f"{O}OLEObject"
_OTHER_PARTS = frozenset({_OBJECT, f"{CHART}chart", f"{DIAGRAM}relIds"})
_SHAPES = frozenset({f"{V}shape", f"{V}rect", f"{V}oval", f"{V}roundrect", f"{V}line", f"{V}group", f"{V}polyline"})


@dataclass(slots=True)
class Drawn:
    """figures and boxes (the content of text boxes, paragraphs of drawings) in order; letters: drawn as a picture."""

    parts: list[Figure | Element] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Names:
    """What is said of the pictures of one drawing: of the whole, and of the part now read."""

    whole: list[str]
    own: list[str] = field(default_factory=list)
    told: bool = False

    def next(self) -> list[str]:
        """The words for the next picture: its own, else those of the whole drawing, once."""
        found = self.own or ([] if self.told else self.whole)
        self.told = self.told or found is self.whole
        self.own = []
        return found


def read_drawing(drawing: Element, job: Job, story: Story, key: str) -> Drawn:
    """key: of the block it stands in. Pictures that are not taken leave a finding, and their words in what was left
    out."""
    found = Drawn()
    whole = [text for one in drawing.iter(f"{WP}docPr") for text in descriptions(one)][:2]
    names = _Names(whole)
    _walk(drawing, names, found, job, story, key)
    for text in names.own if names.own != whole else ():
        job.leave_out(Reason.PICTURE, text, PLACE, key)
    if whole and not names.told:
        _keep_unused(whole, found, job, key)
    return found


def _keep_unused(whole: list[str], found: Drawn, job: Job, key: str) -> None:
    """A description of what holds no picture, such as a text box; or of a picture that has the same one itself."""
    said = {one.alt for one in found.parts if isinstance(one, Figure)}
    for text in whole:
        job.leave_out(Reason.DOUBLE if text in said else Reason.PICTURE, text, PLACE, key)


def _walk(element: Element, names: _Names, found: Drawn, job: Job, story: Story, key: str) -> None:
    for one in element:
        tag = one.tag
        if tag == _BOX or tag == f"{A}txBody":
            found.parts.append(one)
            continue
        if tag == f"{PIC}cNvPr":
            names.own = descriptions(one)
            if names.own and names.own == names.whole and not names.told:
                names.told = True
                for text in names.whole:
                    job.leave_out(Reason.DOUBLE, text, PLACE, key)
        elif tag in _SHAPES:
            _shape(one, names)
        if tag == f"{V}textpath" and one.get("string"):
            found.letters.append(str(one.get("string")))
        if tag in (_BLIP, _IMAGE):
            _picture(one, names, found, job, story, key)
        elif tag in _OTHER_PARTS:
            (_object if tag == _OBJECT else _diagram)(one, names, job, story, key)
        else:
            _walk(one, names, found, job, story, key)


def _shape(shape: Element, names: _Names) -> None:
    said = (shape.get("alt") or "").strip()
    if said:
        names.own = [said]


def _picture(one: Element, names: _Names, found: Drawn, job: Job, story: Story, key: str) -> None:
    said = names.next()
    if one.tag == _IMAGE and (title := (one.get("{urn:schemas-microsoft-com:office:office}title") or "").strip()):
        said = [*said, title]
    alt = said[0] if said and not is_file_name(said[0]) else ""
    name, why, detail = _taken(one, job, story)
    if why is not None:
        job.doubt(why, f"{detail}: {alt}" if alt else detail, key)
        for text in said:
            job.leave_out(Reason.PICTURE, text, PLACE, key)
        return
    for text in said if not alt else said[1:]:
        job.leave_out(Reason.METADATA, text, PLACE, key)
    figure = Figure(job.keys.new(), name, alt, (), 0, 0)
    if not alt:
        job.doubt(Doubt.PICTURE_WITHOUT_ALT, name, figure.key)
    found.parts.append(figure)


def _taken(one: Element, job: Job, story: Story) -> tuple[str, Doubt | None, str]:
    """(name of the picture, why it is not taken, its kind or address)."""
    relation = story.relations.get(str(one.get(f"{R}embed") or one.get(f"{R}id") or ""))
    if relation is None or relation.external:
        linked = relation or story.relations.get(str(one.get(f"{R}link") or one.get(f"{R}href") or ""))
        return "", Doubt.PICTURE_NOT_FETCHED, linked.target if linked else ""
    name, kind = job.keep_picture(relation.target, job.package.archive.read(relation.target))
    return name, None if name else Doubt.PICTURE_KIND, kind


def _object(one: Element, names: _Names, job: Job, story: Story, key: str) -> None:
    """Another file that Word shows as a picture or an icon, which is all that the text says of it."""
    relation = story.relations.get(str(one.get(f"{R}id") or ""))
    name = relation.target.rpartition("/")[2] if relation is not None else ""
    kind = str(one.get("ProgID") or "")
    job.doubt(Doubt.ATTACHMENT, f"{name} ({kind})" if kind else name, key)


def _diagram(one: Element, names: _Names, job: Job, story: Story, key: str) -> None:
    """A chart or diagram, whose words lie in a part of their own."""
    said = names.next()
    kind = "chart" if one.tag.startswith(CHART) else "diagram"
    job.doubt(Doubt.PICTURE_KIND, ": ".join([kind, *said[:1]]), key)
    for text in said:
        job.leave_out(Reason.PICTURE, text, PLACE, key)
    relation = story.relations.get(str(one.get(f"{R}id") or one.get(f"{R}dm") or ""))
    if relation is not None and not relation.external and relation.target not in job.picture_names:
        job.picture_names[relation.target] = ""
        for source in part_words(job.package, relation.target, f"{kind}s"):
            job.leave_out(Reason.PICTURE, source.text, source.place, key)


def leave_out_all(element: Element, reason: Reason, job: Job, story: Story, key: str) -> None:
    """Everything that an element says, for one reason."""
    job.leave_out_sources(element_words(element, story.place, dict(story.relations)), reason, key)
