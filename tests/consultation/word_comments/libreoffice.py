"""A file changed in LibreOffice itself, which tracks the changes: words, paragraphs and comments by a macro."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

LONGEST_S = 120
TRIES = 4
"""LibreOffice 7.4 without a screen ends itself now and then while it opens or closes a file, always the same one."""
_LIBRARY = "http://openoffice.org/2000/library"
_MACRO = """
Sub Change(folder)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "MS Word 2007 XML"
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  orders = CreateUnoService("com.sun.star.io.TextInputStream")
  orders.setInputStream(files.openFileRead(ConvertToURL(folder & "/orders")))
  orders.setEncoding("UTF-8")
  file = StarDesktop.loadComponentFromURL(ConvertToURL(folder & "/a.docx"), "_blank", 0, hidden())
  file.RecordChanges = True
  Do While Not orders.isEOF()
    order = Split(orders.readLine(), Chr(9))
    passage = file.Bookmarks.getByName(order(0)).Anchor
    text = passage.Text
    place = InStr(passage.String, order(2))
    cursor = text.createTextCursorByRange(passage.Start)
    cursor.goRight(place - 1, False)
    cursor.goRight(Len(order(2)), True)
    Select Case order(1)
      Case "replace"
        cursor.String = order(3)
      Case "insert"
        cursor.collapseToStart()
        text.insertString(cursor, order(3), False)
      Case "comment"
        comment = file.createInstance("com.sun.star.text.textfield.Annotation")
        comment.Content = order(3)
        text.insertTextContent(cursor, comment, True)
      Case "behind"
        cursor.gotoEndOfParagraph(False)
        text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
        text.insertString(cursor, order(3), False)
      Case "all"
        cursor.gotoStartOfParagraph(False)
        cursor.gotoEndOfParagraph(True)
        cursor.goRight(1, True)
        cursor.String = ""
    End Select
  Loop
  file.storeToURL(ConvertToURL(folder & "/b.docx"), filter())
  StarDesktop.terminate()
End Sub
"""


@dataclass(frozen=True, slots=True)
class Order:
    """kind: "replace", "insert" (before), "comment" (on), "behind" (a new paragraph) or "all" (strike the paragraph).
    word: which of the passage's, where it stands first."""

    bookmark: str
    kind: str
    word: str
    text: str = ""


def changed_in_libreoffice(content: bytes, orders: list[Order]) -> bytes:
    """Skips where LibreOffice is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.docx").write_bytes(content)
        said = "\n".join("\t".join((one.bookmark, one.kind, one.word, one.text)) for one in orders)
        Path(folder, "orders").write_text(said)
        begin = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        _run([*begin, "--terminate_after_init"])  # which fills a new profile, and would write over the macro
        _install(Path(folder, "profile", "user", "basic"))
        for _ in range(TRIES):
            _run([*begin, f'macro:///Standard.Module1.Change("{folder}")'])
            if Path(folder, "b.docx").exists():
                break
        return Path(folder, "b.docx").read_bytes()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=False, capture_output=True, timeout=LONGEST_S)


def _install(basic: Path) -> None:
    folder = basic / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    macro = _MACRO.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    _write(
        folder / "Module1.xba",
        '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{macro}</script:module>',
    )
    for kind, element in (("script", '<library:element library:name="Module1"/>'), ("dialog", "")):
        _write(
            folder / f"{kind}.xlb",
            '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">'
            f'<library:library xmlns:library="{_LIBRARY}" library:name="Standard" library:readonly="false" '
            f'library:passwordprotected="false">{element}</library:library>',
        )
        _write(
            basic / f"{kind}.xlc",
            '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">'
            f'<library:libraries xmlns:library="{_LIBRARY}" xmlns:xlink="http://www.w3.org/1999/xlink">'
            f'<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{kind}.xlb/" '
            'xlink:type="simple" library:link="false"/></library:libraries>',
        )


def _write(path: Path, content: str) -> None:
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
