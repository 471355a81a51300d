"""Passages that are nothing but a link: they name a place and say nothing of it. Pure."""


def is_link(text: str) -> bool:
    text = text.strip()
    return text.startswith(("http://", "https://", "www.")) and len(text.split()) == 1
