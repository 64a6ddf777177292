"""A form as a browser would send it."""

import secrets
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

Pairs = Sequence[tuple[str, str]]


class FormReader(HTMLParser):
    """The names and values of the first form that is sent as ``multipart/form-data``."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.is_inside = self.is_done = False
        self.area: str | None = None
        self.text = ""
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.is_done:
            self.is_inside = given.get("enctype") == "multipart/form-data"
        if not self.is_inside or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "textarea":
            self.area, self.text = name, ""
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select is not None:
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "input" and name and is_sent(given):
            self.pairs.append((name, given.get("value", "on" if "checked" in given else "")))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.is_inside:
            self.is_inside, self.is_done = False, True
        elif tag == "textarea" and self.area is not None:
            self.pairs.append((self.area, self.text.removeprefix("\n").replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.select is not None:
            chosen = [value for value, is_selected in self.options if is_selected]
            first = [value for value, _ in self.options[:1]]
            self.pairs += [(self.select, value) for value in chosen or first]
            self.select = None


def is_sent(attributes: dict[str, str]) -> bool:
    kind = attributes.get("type", "text")
    if kind in {"checkbox", "radio"}:
        return "checked" in attributes
    return kind not in {"file", "submit", "button", "reset", "image"}


def read_form(html: str) -> Pairs:
    reader = FormReader()
    reader.feed(html)
    return reader.pairs


def multipart(pairs: Iterable[tuple[str, str]]) -> tuple[str, bytes]:
    """Content type and body."""
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    parts = [f'{head}{name}"\r\n\r\n{value}\r\n' for name, value in pairs]
    body = "".join([*parts, f"--{boundary}--\r\n"])
    return f"multipart/form-data; boundary={boundary}", body.encode()
