"""A person at a browser who counts: each link followed, button pressed, box ticked and list chosen from is one click.

What stands on the page is what can be clicked: links and buttons are found by their words, and nothing is reached by
its address. Typing is free, as by keyboard. The menu of Wagtail's admin is drawn from JSON in the page; what lies in a
submenu costs a click more, and so does what lies under an arrow beside a button. The client asks for the token of each
form, as a site does: a form that does not bring it cannot be sent.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from tests.journeys.browsing import Visitor, body_of


@dataclass
class Clicking(Visitor):
    clicks: int = 0
    address: str = "/admin/"
    page: BeautifulSoup = field(default_factory=lambda: BeautifulSoup("", "html.parser"))

    def begin(self) -> "Clicking":
        """On the first page of the admin, with nothing counted."""
        self.clicks = 0
        self._went_to("/admin/")
        return self

    def follow(self, words: str, within: str = "") -> None:
        """Click the link with these words. within: a selector of the part of the page it stands in."""
        self._click()
        link = self._found([each for each in self._all("a", within) if each.get("href")], words)
        self._went_to(urljoin(self.address, link["href"]))

    def choose_from_menu(self, *words: str) -> None:
        """Click an entry of the menu at the side, or open one and click within."""
        entries = self._menu()
        for label in words:
            self._click()
            entry = next((each for each in entries if each["label"] == label), None)
            assert entry, f"no menu entry {label!r} among {[each['label'] for each in entries]}"
            entries = entry.get("items", [])
        self._went_to(entry["url"])

    def choose_under_arrow(self, words: str) -> None:
        """Open the list beside the main button of a page in the editor, and click an entry."""
        self._click()
        self.follow(words, within="[data-w-dropdown-target='content'], .w-dropdown__content, footer")

    def press(self, words: str, within: str = "", **values: Any) -> None:
        """Type, tick and choose in the form of the button, and press it. values: by name, with __ for a hyphen."""
        self._click()
        button = self._found(self._all("button", within), words)
        form = self._form_of(button)
        sent = self._filled(form, {name.replace("__", "-"): value for name, value in values.items()})
        if button.get("name"):
            sent[button["name"]] = button.get("value", "")
        address = urljoin(self.address, button.get("formaction") or form.get("action") or self.address)
        method = (button.get("formmethod") or form.get("method", "get")).lower()
        answer = self.client.post(address, sent) if method == "post" else self.client.get(address, sent)
        self._arrived(address, answer)

    def _click(self) -> None:
        self.clicks += 1

    def _went_to(self, address: str) -> None:
        self._arrived(address, self.client.get(urlsplit(address)._replace(fragment="").geturl()))

    def _arrived(self, address: str, answer: Any) -> None:
        hops = 0
        while answer.status_code in {301, 302} and hops < 5:
            address = urljoin(address, answer.url)
            answer, hops = self.client.get(urlsplit(address)._replace(fragment="").geturl()), hops + 1
        self.page = BeautifulSoup(body_of(answer), "html.parser")
        said = [" ".join(each.get_text(" ").split()) for each in self.page.select(".error-message, .messages .error")]
        assert answer.status_code == 200, f"{address}: {answer.status_code} {said}"
        self.address = address

    def _all(self, tag: str, within: str) -> list[Tag]:
        parts = self.page.select(within) if within else [self.page]
        assert parts, f"{self.address} has no {within}"
        return [each for part in parts for each in part.find_all(tag)]

    def _found(self, among: list[Tag], words: str) -> Tag:
        """The one whose words these are, or begin with them; the first of several that are called alike."""
        called = [(" ".join(each.get_text().split()) or each.get("aria-label", ""), each) for each in among]
        exact = [each for said, each in called if said == words]
        found = exact or [each for said, each in called if said.startswith(words)]
        assert found, f"{words!r} stands nowhere on {self.address}: {sorted({said for said, _each in called})}"
        return found[0]

    def _form_of(self, button: Tag) -> Tag:
        if button.get("form"):
            return self.page.find("form", id=button["form"])
        form = button.find_parent("form")
        assert form is not None, f"the button {button} belongs to no form"
        return form

    def _filled(self, form: Tag, values: dict[str, Any]) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        fields = [each for each in self.page.find_all(["input", "textarea", "select"]) if self._belongs(each, form)]
        names = {each.get("name") for each in fields}
        assert set(values) <= names, (
            f"{set(values) - names} not in the form of {self.address}: {sorted(filter(None, names))}"
        )
        for each in fields:
            name, kind = each.get("name"), each.get("type", "")
            if not name or each.has_attr("disabled") or (kind in {"submit", "file", "button"} and name not in values):
                continue
            if name in values and kind in {"checkbox", "radio"}:
                wanted = values[name] if isinstance(values[name], list) else [values[name]]
                if each.get("value", "on") in map(str, wanted):
                    self.clicks += not each.has_attr("checked")
                    sent.setdefault(name, []).append(each.get("value", "on"))
            elif name in values:
                self.clicks += each.name == "select" or kind == "file"
                sent[name] = values[name]
            elif kind in {"checkbox", "radio"}:
                if each.has_attr("checked"):
                    sent.setdefault(name, []).append(each.get("value", "on"))
            elif each.name == "select":
                chosen = each.find_all("option", selected=True) or each.find_all("option")[:1]
                sent[name] = [option.get("value", "") for option in chosen]
            else:
                sent[name] = each.get_text() if each.name == "textarea" else each.get("value", "")
        return sent

    def _belongs(self, each: Tag, form: Tag) -> bool:
        if each.get("form"):
            return each["form"] == form.get("id")
        return each.find_parent("form") is form

    def _menu(self) -> list[dict[str, Any]]:
        """[{label, url, items}] of the menu at the side."""
        props = self.page.find("script", id="wagtail-sidebar-props")
        assert props, f"{self.address} shows no menu"
        return list(_entries(json.loads(props.get_text())))


def _entries(packed: Any) -> Any:
    """Of what Wagtail's telepath packed, those with a label."""
    if isinstance(packed, list):
        for each in packed:
            yield from _entries(each)
    elif isinstance(packed, dict):
        arguments = packed.get("_args", [])
        said = next((each for each in arguments if isinstance(each, dict) and "label" in each), None)
        if said is None:
            yield from _entries(list(packed.values()))
        else:
            yield {"label": said["label"], "url": said.get("url", ""), "items": list(_entries(arguments[1:]))}
