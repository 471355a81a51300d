"""Draw the picture of rooms from the import-linter contracts in pyproject.toml, so that it cannot differ from them.

    python docs/draw_rooms.py            write docs/pictures/rooms.svg, and the table in docs/architecture.md
    python docs/draw_rooms.py --check    exit with 1 where either is not what the contracts say

A room imports from rooms below it, a concept from concepts below it in the same room. What each is comes from the
docstring of its `__init__.py`.
"""

import ast
import re
import sys
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- rooms: begin -->\n", "<!-- rooms: end -->\n"

WIDTH, LEFT, CHIP, GAP, LETTER = 1120, 150, 28, 7, 8.3  # pixels; LETTER: the width of one at 14 px


@dataclass(frozen=True)
class Room:
    """layers: of concepts, the highest first; empty where the room has no folders."""

    name: str
    about: str
    layers: tuple[tuple[str, ...], ...]


def parts(layer: str) -> list[str]:
    return re.split(r" *[|:] *", re.sub(r"[()]", "", layer))  # brackets: a concept that may be missing


def folder(name: str) -> Path:
    return ROOT / "site" / name if name == "bpf_site" else ROOT / name


def about(path: Path) -> str:
    source = path / "__init__.py"
    return (ast.get_docstring(ast.parse(source.read_text())) or "") if source.exists() else ""


def first_line(path: Path) -> str:
    return about(path).partition("\n")[0]


def concepts_of(room: str, layer: str) -> tuple[str, ...]:
    """The names of a layer that are concepts: folders, and none of Django's own."""
    return tuple(
        name for name in parts(layer) if (folder(room) / name).is_dir() and name not in {"management", "templatetags"}
    )


def rooms() -> list[Room]:
    """The highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layered = [contract for contract in contracts if contract["type"] == "layers"]
    house = next(contract for contract in layered if "containers" not in contract)
    inside = {contract["containers"][0]: contract["layers"] for contract in layered if "containers" in contract}
    found = []
    for name in (name for layer in house["layers"] for name in parts(layer)):
        layers = (concepts_of(name, layer) for layer in inside.get(name, []))
        found.append(Room(name, about(folder(name)), tuple(layer for layer in layers if layer)))
    return found


def picture(found: list[Room]) -> str:
    body, y = [], 16
    for room in found:
        height = (1 + len(room.layers)) * (CHIP + GAP) + GAP
        body.append(f'<rect class="room" x="8" y="{y}" width="{WIDTH - 16}" height="{height}" rx="6"/>')
        body.append(f'<text class="name" x="24" y="{y + 28}">{escape(room.name)}</text>')
        body.append(f'<text x="{LEFT}" y="{y + 28}">{escape(room.about)}</text>')
        for number, layer in enumerate(room.layers, start=1):
            x, top = float(LEFT), y + GAP + number * (CHIP + GAP)
            for concept in layer:
                width = len(concept) * LETTER + 24
                body.append(f'<rect class="concept" x="{x:.0f}" y="{top}" width="{width:.0f}" height="{CHIP}" rx="4"/>')
                body.append(f'<text x="{x + 12:.0f}" y="{top + 20}">{escape(concept)}</text>')
                x += width + GAP
            if len(layer) == 1:  # what the others are stands in the table beside the picture
                said = escape(first_line(folder(room.name) / layer[0]))
                body.append(f'<text class="about" x="{x + GAP:.0f}" y="{top + 20}">{said}</text>')
        y += height + GAP
    label = "Rooms of the library from the top down, each with its concepts; every arrow of imports points down."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 8}" role="img" aria-label="{label}">\n'
        "<style>svg{background:#fff;font:14px system-ui,sans-serif}.room{fill:#eef3f7;stroke:#1f4e6b}"
        ".concept{fill:#fff;stroke:#7f9db0}.name{font-weight:700;fill:#12384f}text{fill:#1b2730}"
        ".about{fill:#3d4f5b}</style>\n" + "\n".join(body) + "\n</svg>\n"
    )


def table(found: list[Room]) -> str:
    """The same in words: a row a concept."""
    rows = ["| room | concept | is |", "|---|---|---|"]
    for room in found:
        rows.append(f"| **`{room.name}`** | | {room.about} |")
        concepts = (one for layer in room.layers for one in layer)
        rows.extend(f"| | `{concept}` | {first_line(folder(room.name) / concept)} |" for concept in concepts)
    return "\n".join(rows) + "\n"


def main(words: list[str]) -> int:
    found = rooms()
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    wanted = {PICTURE: picture(found), PAGE: f"{before}{BEGIN}{table(found)}{END}{after}"}
    stale = [path for path, content in wanted.items() if not path.exists() or path.read_text() != content]
    if words == ["--check"]:
        sys.stderr.writelines(f"{path.relative_to(ROOT)} is not what the contracts say: make rooms\n" for path in stale)
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted[path])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
