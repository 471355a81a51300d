"""The typefaces that other programs print with: the library's own beside those of the machine.

Chinese that a machine has no typeface for is printed as empty boxes, which no reader reads.
"""

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

FACES = ("justmytype_intl_cjk", "justmytype_intl_rtl", "fontpkg_noto_serif")


@pytest.fixture(scope="session", autouse=True)
def typefaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folders = "".join(f"<dir>{files(package)}</dir>" for package in FACES)
    folder = tmp_path_factory.mktemp("typefaces")
    named = Path(folder, "fonts.conf")
    named.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{folders}<cachedir>{folder}/cache</cachedir></fontconfig>"
    )
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(named)
    yield
    if before is None:
        del os.environ["FONTCONFIG_FILE"]
    else:
        os.environ["FONTCONFIG_FILE"] = before
