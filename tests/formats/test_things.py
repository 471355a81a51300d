"""What a file holds besides words is counted as it lies in it, and each of them is in the draft or told."""

import pytest

from formats.draft import Thing
from formats.reading import read

PAGE = b"""<html><body><nav><ul><li><a href="/a">A</a></ul><img src="logo.png" alt="Mark"></nav><main><h1>Title</h1>
<p>See <a href="https://example.org/x">one</a><a href="https://example.org/x">, still</a>, <a href="#n">below</a> and
<a href="javascript:go()">that</a>. <del>Not <a href="https://example.org/z">this</a>.</del></p>
<h2>Head</h2><ul><li>one<ul><li>in it</ul><li>two</ul><table><tr><th>A<th>B<tr><td>1<td></table></main></body></html>"""
MARKDOWN = b"""# Title

See [one](https://example.org), ![a map](map.png) and [below](#head).[^1][^2]

## Head

- one
  - in it

| A | B |
|---|---|
| 1 |   |

[^1]: As <https://example.org/b> has it.
[^2]: And so on.
"""
RTF = rb"""{\rtf1\ansi{\field{\*\fldinst HYPERLINK "https://example.org/"}{\fldrslt one}}{\field{\*\fldinst HYPERLINK \\l "a"}
{\fldrslt two}}\par\trowd\cellx1\cellx2\intbl{A\par}\cell\cell\row\pard End.\par}"""


@pytest.mark.parametrize(
    ("name", "content", "links", "pictures", "cells", "items"),
    [
        ("a.html", PAGE, (4, 1, 3), (1, 0, 1), (3, 3, 0), (4, 3, 1)),
        ("a.md", MARKDOWN, (2, 2, 0), (1, 0, 1), (3, 3, 0), (2, 2, 0)),
        ("a.rtf", RTF, (1, 1, 0), (0, 0, 0), (1, 1, 0), (0, 0, 0)),
    ],
    ids=["html", "markdown", "rtf"],
)
def test_things_of_a_file__are_in_the_draft_or_told(name, content, links, pictures, cells, items):
    """Each: in the file, in the draft, told."""
    things = read(name, content)[1].things
    found = [
        (things[thing].in_file, things[thing].in_draft, things[thing].told)
        for thing in (Thing.LINK, Thing.PICTURE, Thing.CELL, Thing.LIST_ITEM)
    ]
    assert found == [links, pictures, cells, items]
