"""A person at a browser, without JavaScript: signs in, opens pages, fills in the forms that the pages show."""

import re
import subprocess
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


@dataclass
class Visitor:
    """client: keeps the cookies of one person."""

    client: Client

    def sign_in(self, username: str, password: str = "password of 2099") -> None:
        page = self.client.get("/admin/login/")
        assert page.status_code == 200
        response = self.client.post("/admin/login/", {"username": username, "password": password, "next": "/admin/"})
        assert response.status_code == 302, "the login was refused"

    def open(self, address: str, status: int = 200) -> BeautifulSoup:
        response = self.client.get(address)
        assert response.status_code == status, f"{address}: {response.status_code}"
        return BeautifulSoup(body_of(response), "html.parser")

    def text(self, address: str, status: int = 200) -> str:
        return " ".join(self.open(address, status).get_text(" ").split())

    def json(self, address: str) -> Any:
        response = self.client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code} {response.content[:300]!r}"
        return response.json()

    def fill_in(self, address: str, values: dict[str, Any]) -> Any:
        """Open a form, change the named fields, keep what the page filled in, and send it."""
        form = self.open(address).find("input", {"name": "seen"}).find_parent("form")
        filled = {field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("name")}
        filled |= {field["name"]: field.get_text() for field in form.find_all("textarea")}
        return self.client.post(address, filled | values)


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def pdf_text(data: bytes, tmp_path: Any) -> str:
    """The text of a PDF in the order of its structure, without running heads and line numbers, as poppler reads it."""
    path = tmp_path / "document.pdf"
    path.write_bytes(data)
    read = subprocess.run(["pdfinfo", "-struct-text", path], check=True, capture_output=True, text=True).stdout
    return " ".join(re.findall(r'^ *"(.*?)"$', read, re.MULTILINE | re.DOTALL))


def letters(text: str) -> str:
    """Text without spaces, hyphens and digits, to compare what line breaks and numbers of a page do not change."""
    return re.sub(r"[\W\d_]", "", text)
