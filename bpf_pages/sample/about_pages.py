"""The pages about the library itself: slug, title, description and text. What they promise, the code must keep."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandingText:
    slug: str
    title: str
    description: str
    html: str


ABOUT = StandingText(
    "about",
    "About this library",
    "What the BPF Library is, what it is not, and how it came to its texts.",
    "<h2>What it is</h2>"
    "<p>The Best Practice Forums (BPFs) of the Internet Governance Forum (IGF) have written outcome documents since "
    "2014. This library keeps a place for each forum of each year, at an address that does not change, and gives "
    "forums the means to draft in the open, to take public comment, to answer every comment and to publish what "
    "reached rough consensus.</p>"
    "<h2>What it is not</h2>"
    "<p>The library is an independent project. It is not a website of the IGF or of the United Nations, was not "
    "commissioned by them, and nothing in it is an official record of either. Best Practice Forums collect "
    "practices from people who take part; they do not set policy. An outcome document reflects the rough consensus of "
    "its lead experts and contributors, never a decision of the IGF or of the United Nations.</p>"
    "<h2>Where the texts come from</h2>"
    "<p>The pages about the forums of 2014 to 2025 are summaries by this project. They are written only from public "
    "pages and are marked as recorded. Each statement about what a forum found or meant to do says on what kind of "
    "page it was read, such as the output itself, a draft, the page of the session or a third party's report, and "
    "links to it. They quote nothing from the outcome documents. Each page links to the output where an address is "
    "known, and says so where none is. Where sources differ or are silent, the page says that too.</p>"
    "<p>The overview of the 2014 forums is kept in full, in the words of its authors.</p>"
    "<p>Whatever was invented to show how the library works belongs to the year 2099 and is marked as fictitious on "
    "the page, in search results and in print.</p>"
    "<h2>How to cite</h2>"
    "<p>Every published text is an edition with a number, an identifier and a check sum. An edition is never "
    "changed: a correction is a new edition. Cite the identifier and the address of the edition; add the number of "
    "the paragraph to cite a paragraph.</p>",
)

ACCESSIBILITY = StandingText(
    "accessibility",
    "Accessibility",
    "How far the BPF Library can be used by everybody, and what is not known yet.",
    "<h2>What we aim at</h2>"
    "<p>The library aims at level AA of the Web Content Accessibility Guidelines (WCAG) 2.2. It works without script, "
    "by keyboard alone, on a screen 320 pixels wide, in dark and light colours, and from right to left.</p>"
    "<h2>How it is checked</h2>"
    "<p>Each kind of page is opened in a real browser and examined by the program axe whenever the software is "
    "tested, and the contrast of every pair of colours is calculated. A program finds only part of the barriers.</p>"
    "<h2>What is not known or not good yet</h2>"
    "<ul><li>No person who uses a screen reader has tried the library and told us about it yet.</li>"
    "<li>Where an outcome is also offered as a PDF, the web page is the more accessible form.</li>"
    "<li>Documents stay in the language they were written in, which is mostly English. The interface is translated "
    "into the six languages of the United Nations, and some of its words may still appear in English.</li></ul>"
    "<h2>If something keeps you out</h2>"
    "<p>Write to the people who run this copy of the library. Name the page and what you wanted to do.</p>",
)

PRIVACY = StandingText(
    "privacy",
    "Privacy",
    "What the BPF Library stores about you, and what it does not.",
    "<h2>If you only read</h2>"
    "<p>Reading needs no account and sets no cookie. If you choose a language for the interface, your browser keeps "
    "that choice in one cookie. No part of a page comes from another site, and no other company learns what you read. "
    "There are no advertisements and no visitor statistics by person.</p>"
    "<h2>If you comment</h2>"
    "<p>What you write in a public comment is meant to be public. The form says which other details it asks for, "
    "which of them are shown, and that most are optional.</p>"
    "<h2>If you edit</h2>"
    "<p>Editors have an account. The steps an editor takes with a document are kept in its history, because readers "
    "must be able to see how an outcome came about. A name can be erased from it; that the step was taken stays.</p>",
)

ALL = (ABOUT, ACCESSIBILITY, PRIVACY)
