"""The text of the fictitious forum, in the three wordings it goes through.

Everything here is invented. It is about lighthouses so that nobody takes it for a statement on the Internet.
"""

from typing import Any

Body = list[tuple[str, Any]]

SUMMARY = (
    "A fictitious outcome of 2099 that shows how a text goes from an initial draft through public comment and a "
    "wrap-up session to rough consensus. Its subject, the lighthouses that carry village networks, is invented."
)

NOTE_SUMMARY = (
    "A fictitious draft of 2099 that was opened for comment by mistake and withdrawn: its address tells what happened."
)
NOTICES_SUMMARY = (
    "A fictitious initial draft of 2099 that is open for public comment: whoever tries the library can comment on it."
)

NOTICE = "<p>This document is fictitious. It exists to show how the library works, and describes no real forum.</p>"

INTRODUCTION = (
    "<h2>Introduction</h2>"
    "<p>In 2099 many coastal villages share one network link, which hangs on the lamp room of the nearest "
    "lighthouse<span data-footnote>A lamp room stands some thirty metres above the sea in this story.</span>. "
    "Keepers and villagers asked the forum how others keep such a link alive through a winter of storms.</p>"
    '<p>The forum heard eleven villages. One calls its link <span lang="fr" dir="ltr">la petite lumière</span>, '
    "and all of them call it indispensable.</p>"
)

PRACTICES = (
    "<h2>What worked well</h2>"
    "<p>Three habits return in nearly every account:</p>"
    "<ul><li>spare parts are kept in the village, not on the mainland;</li>"
    "<li>two people, never one, know how to climb and mend;</li>"
    "<li>a public notice says when the link will rest.</li></ul>"
)

STORMS = {
    "draft": (
        '<p data-block-key="storm">During a storm the keeper decides alone whether the link is switched off, and '
        "writes the reason into a private notebook.</p>"
    ),
    "revised": (
        '<p data-block-key="storm">During a storm the keeper decides whether the link is switched off, tells the '
        "village why, and writes the "
        "hour into the public notice.</p>"
    ),
    "final": (
        '<p data-block-key="storm">During a storm the keeper decides whether the link is switched off, tells the '
        "village why, and writes the "
        "hour into the public notice on the same day.</p>"
    ),
}


def _table() -> dict[str, Any]:
    cell = "<p>{}</p>".format
    return {
        "caption": cell("Interruptions of the link in three invented villages, winter 2098 to 2099"),
        "row_heads": True,
        "table": {
            "columns": [
                {"type": "text", "heading": heading} for heading in ("Village", "Storms", "Hours without link")
            ],
            "rows": [
                {"values": [cell(text) for text in row]}
                for row in (("Harrow Point", "9", "14"), ("Saltholm", "11", "6"), ("Vieux Cap", "7", "31"))
            ],
            "caption": "",
        },
    }


def body(stage: str) -> Body:
    """The StreamField value at a stage: "draft", "revised" or "final"."""
    parts: Body = [
        ("disclaimer", typed(NOTICE)),
        ("draft_notice", typed("<p>Tell the invented forum what you think of this invented draft.</p>")),
        (
            "summary",
            typed("<p>Villages that keep spare parts and two trained people lose their link for fewer hours.</p>"),
        ),
        ("text", INTRODUCTION),
        ("text", PRACTICES),
        ("table", _table()),
        ("text", STORMS[stage]),
        ("finding", typed("<p>Spare parts in the village halve the hours without a link.</p>", title="Spare parts")),
        (
            "practice",
            typed(
                "<p>The notice hangs at the harbour and is read out on the radio.</p>",
                title="A notice that everybody reads",
                what="<p>A weekly notice of planned rests</p>",
                where="<p>Saltholm</p>",
                who="<p>The keepers' association of Saltholm</p>",
                result="<p>Nobody was surprised by a rest in two winters.</p>",
            ),
        ),
        (
            "recommendation",
            typed("<p>Keep a spare antenna and a spare battery in every village.</p>", addressee="<p>Villages</p>"),
        ),
        ("recommendation", typed("<p>Train a second person before the winter.</p>", addressee="<p>Keepers</p>")),
        ("challenge", typed("<p>Spare parts cost more than a small village earns from its link.</p>", title="Cost")),
        (
            "open_question",
            typed("<p>Who answers when a storm damages a link that two villages share?</p>", title="Liability"),
        ),
        (
            "future_work",
            typed("<p>Compare the notices of the eleven villages and draft a common form.</p>", title="A common form"),
        ),
    ]
    if stage == "draft":
        parts.insert(-3, ("alternative", _alternative()))
    if stage == "final":
        parts.insert(-3, ("dissent", typed(
            "<p>A keeper must not be asked for reasons while the storm lasts.</p>",
            title="Reasons after the storm",
            held_by="<p>The keepers of Vieux Cap</p>",
        )))  # fmt: skip
        parts.append(("references", {"title": "References", "entries": ["<p>Fictitious almanac of lamps, 2098.</p>"]}))
    return parts


def typed(html: str, **fields: str) -> dict[str, Any]:
    return {"title": fields.pop("title", ""), "body": [("text", html)], **fields}


def _alternative() -> dict[str, Any]:
    options = [
        {"title": "Option A", "body": "<p>Reasons are given while the storm lasts.</p>"},
        {"title": "Option B", "body": "<p>Reasons are given on the day after.</p>"},
    ]
    return {"title": "When are reasons given?", "body": [], "options": options}
