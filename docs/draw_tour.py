"""Draws the pictures of docs/tour.md: each kind of page on a wide screen, on a phone, in Arabic and in the dark.

    python manage.py serve                       # in another window, after load_library and demo_cycle
    python docs/draw_tour.py http://127.0.0.1:8000

One picture a page, at half the size of the screens, in docs/pictures/tour/.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parent / "pictures" / "tour"
CHROMIUM = "/usr/bin/chromium"
DESK, PHONE = (1280, 900), (360, 740)
HEIGHT, GAP = 450, 12
"""Pixels of a picture, and between its screens."""
FORUM = "/library/2099/lighthouse-networks/"
PAGES = {
    "home": "/",
    "library": "/library/",
    "year": "/library/2016/",
    "forum": FORUM,
    "outcome": f"{FORUM}outcome/",
    "open-draft": f"{FORUM}notices/",
    "recorded": "/library/2021/cybersecurity/outcome/",
    "translation": f"{FORUM}outcome-ar/",
    "side-by-side": f"{FORUM}outcome-ar/editions/1/side-by-side/",
    "comparison": f"{FORUM}outcome/compare/1/3/",
    "history": f"{FORUM}outcome/history/",
    "superseded": f"{FORUM}outcome/editions/1/",
    "comments": f"{FORUM}outcome/comments/",
    "comment": f"{FORUM}outcome/comments/12/",
    "report": f"{FORUM}outcome/comments/report/",
    "new-comment": f"{FORUM}notices/comments/new/?on=p3",
    "cite": f"{FORUM}outcome/cite/",
    "withdrawn": f"{FORUM}early-note/",
    "themes": "/themes/",
    "theme": "/themes/cybersecurity/",
    "search": "/search/?q=security",
    "search-answer": "/search/?q=what+happened+to+the+spam+forum",
    "search-misspelt": "/search/?q=internet+of+thigns",
    "search-nothing": "/search/?q=best+pizza+recipe",
    "search-help": "/search/help/",
    "open-questions": "/open-questions/",
    "open-calls": "/open-calls/",
    "how-it-works": "/how-it-works/",
    "proposals": "/proposals/",
    "propose": "/proposals/new/",
    "about": "/about/",
    "feeds": "/feeds/",
    "developers": "/developers/",
    "not-found": "/nothing-here/",
    "statistics": "/statistics/?fictitious=yes",
    "glossary": "/glossary/",
    "verify": "/verify/",
}
LOOKS: tuple[tuple[str, tuple[int, int], str], ...] = (
    ("", DESK, "light"), ("", PHONE, "light"), ("/ar", PHONE, "light"), ("", PHONE, "dark"),
)  # fmt: skip
"""Beginning of the address, size of the screen, colours."""


def main(base: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, address in PAGES.items():
            screens = [_screen(browser, f"{base}{before}{address}", size, dark) for before, size, dark in LOOKS]
            _beside(screens).save(FOLDER / f"{name}.webp", quality=55, method=6)
        browser.close()


def _screen(browser: Browser, address: str, size: tuple[int, int], colours: str) -> Image.Image:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=colours)  # type: ignore[arg-type]
    page.goto(address, timeout=60_000)
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return taken.resize((round(taken.width * HEIGHT / taken.height), HEIGHT), Image.Resampling.LANCZOS)


def _beside(screens: list[Image.Image]) -> Image.Image:
    width = sum(screen.width for screen in screens) + GAP * (len(screens) - 1)
    sheet = Image.new("RGB", (width, HEIGHT), "#8a8f94")
    place = 0
    for screen in screens:
        sheet.paste(screen, (place, 0))
        place += screen.width + GAP
    return sheet


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
