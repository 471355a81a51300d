"""The terms of the glossary and what they mean, in the language of the interface. Declared here and nowhere else.

A slug is the anchor of a term and stays: pages elsewhere may link to it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.states import State

RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Term:
    slug: str
    name: Promise | str
    meaning: Promise | str

    @property
    def address(self) -> str:
        return f"/glossary/#{self.slug}"


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that explain each other, in the order in which a newcomer meets them."""

    slug: str
    title: Promise | str
    terms: tuple[Term, ...]


GROUPS = (
    Group(
        "people",
        _("Forums and people"),
        (
            Term(
                "internet-governance-forum",
                _("Internet Governance Forum (IGF)"),
                _(
                    "An annual meeting, convened by the Secretary-General of the United Nations, at which everybody "
                    "may discuss how the Internet is governed. It takes no binding decisions."
                ),
            ),
            Term(
                "best-practice-forum",
                _("Best Practice Forum (BPF)"),
                _(
                    "A group, open to everybody, that works on one subject between two annual meetings and writes down "
                    "what has proved useful. Nobody is bound to follow its results."
                ),
            ),
            Term(
                "multistakeholder",
                _("Multistakeholder"),
                _(
                    "With governments, the private sector, civil society, the technical community and "
                    "intergovernmental organizations taking part together."
                ),
            ),
            Term(
                "mag",
                _("Multistakeholder Advisory Group (MAG)"),
                _(
                    "The group that advises the Secretary-General on the programme of the annual meeting. It chooses "
                    "the subjects of the Best Practice Forums."
                ),
            ),
            Term(
                "secretariat",
                _("Secretariat"),
                _(
                    "The office that supports the annual meeting and its forums. In this library it names the people "
                    "of each forum and looks after its dates."
                ),
            ),
            Term(
                "facilitator",
                _("Facilitator"),
                _(
                    "Somebody who guides the work of a forum, keeps it open to everybody and judges whether there is "
                    "rough consensus."
                ),
            ),
            Term(
                "lead-expert",
                _("Lead expert"),
                _("Somebody who knows the subject and writes the text together with the rapporteur."),
            ),
            Term(
                "rapporteur",
                _("Rapporteur"),
                _("Somebody who keeps the text, puts changes into it and drafts the answers to comments."),
            ),
            Term(
                "intersessional-work",
                _("Intersessional work"),
                _("What is done between two annual meetings and presented at the next one."),
            ),
        ),
    ),
    Group(
        "documents",
        _("Documents"),
        (
            Term(
                "outcome-document",
                _("Outcome document"),
                _(
                    "The text in which a forum says what it found. It is drafted in public, commented on, revised and "
                    "then adopted by rough consensus."
                ),
            ),
            Term(
                "edition",
                _("Edition"),
                _(
                    "The text of a document as it was published on one day. An edition never changes: what is changed "
                    "later is a new edition with the next number."
                ),
            ),
            Term(
                RECORDED,
                _("Recorded"),
                _(
                    "Said of an output that was adopted elsewhere, before or outside this library, and is kept here as "
                    "it was found. No consensus was declared on it in this library."
                ),
            ),
            Term(
                "identifier",
                _("Identifier"),
                _(
                    "The short name by which a document or an edition is cited, such as BPF-2014-SPAM-E1: year, forum, "
                    "and the number of the edition. It is never given to another text."
                ),
            ),
            Term(
                "paragraph-number",
                _("Paragraph number (¶)"),
                _(
                    "The number of a paragraph in an edition. With it a reader can cite the paragraph, link to it and "
                    "comment on it."
                ),
            ),
            Term(
                "withdrawn",
                _("Withdrawn"),
                _("Said of a document that was taken back. Its address stays and tells the reason."),
            ),
        ),
    ),
    Group(
        "comment",
        _("Comments and consensus"),
        (
            Term(
                "comment-period",
                _("Comment period"),
                _(
                    "The weeks in which everybody may comment on a draft, without an account. Its first and last day "
                    "are announced."
                ),
            ),
            Term(
                "answer",
                _("Answer (disposition)"),
                _(
                    "What was decided on a comment, such as accepted, accepted with modification or not accepted, and "
                    "why. Every published comment gets one before the document is adopted."
                ),
            ),
            Term(
                "incorporating",
                _("Incorporating comments"),
                _("The time after a comment period in which comments are answered and the draft is revised."),
            ),
            Term(
                "wrap-up-session",
                _("Wrap-up session"),
                _("The session of the annual meeting in which the revised draft is presented and discussed."),
            ),
            Term(
                "rough-consensus",
                _("Rough consensus"),
                _(
                    "General agreement in which every objection was heard and answered, though not everybody need "
                    "agree. It is declared with its grounds and is not found by counting votes."
                ),
            ),
            Term(
                "objection",
                _("Objection"),
                _(
                    "A reasoned statement that a text should not be adopted as it stands. What became of it is "
                    "published."
                ),
            ),
            Term(
                "dissent",
                _("Dissent"),
                _("A view that differs from the adopted text and is published together with it."),
            ),
        ),
    ),
)

TERMS = {term.slug: term for group in GROUPS for term in group.terms}

OF_STAGE: dict[str, str] = {
    State.COMMENT: "comment-period",
    State.INCORPORATING: "incorporating",
    State.WRAP_UP: "wrap-up-session",
    State.FINAL: "rough-consensus",
    State.WITHDRAWN: "withdrawn",
}
"""Which term explains the label of a stage; what was recorded is explained by RECORDED. Drafting is not public."""
