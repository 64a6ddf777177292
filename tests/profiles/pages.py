"""Reads pages as a person and a browser do: what is shown, and what a form would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from django.test import Client as Browser

VOID = {"input", "br", "hr", "img", "link", "meta", "source", "use"}
#: What a browser sends, or a file beside it: name → value, or values of a field with several.
Answers = dict[str, Any]


@dataclass
class Node:
    """An element with its attributes; texts are children too."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", **attrs: str) -> list["Node"]:
        """Elements inside with these attributes; ``data_field="street"`` is ``data-field``.

        An empty value asks only that the attribute is there; ``cls`` is one word of the class.
        """
        word = attrs.pop("cls", "")
        wanted = {name.replace("_", "-"): value for name, value in attrs.items()}
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and (not word or word in node.attrs.get("class", "").split())
            and all(
                name in node.attrs and value in ("", node.attrs[name])
                for name, value in wanted.items()
            )
        ]

    def one(self, tag: str = "", **attrs: str) -> "Node":
        (found,) = self.all(tag, **attrs)
        return found

    @property
    def text(self) -> str:
        """All text inside, blanks as a reader sees them."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        return "".join(
            child if isinstance(child, str) else "\n" if child.tag == "br" else child.raw
            for child in self.children
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in (node.tag for node in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(response: HttpResponseBase) -> Node:
    reader = _Reader()
    reader.feed(content(response))
    reader.close()
    return reader.open[0]


def content(response: HttpResponseBase) -> str:
    """The answer as text; a file as the bytes' Latin letters."""
    if response.streaming:
        return b"".join(response).decode("latin-1")
    is_text = response.headers.get("Content-Type", "").startswith(("text/", "application/json"))
    return response.content.decode("utf-8" if is_text else "latin-1")  # type: ignore[attr-defined, no-any-return]


def sent_by(page: Node) -> dict[str, list[str]]:
    """What a browser sends for the page's long form when nothing is touched."""
    form = page.one("form", data_guard="")
    skipped = {id(node) for noscript in form.all("noscript") for node in noscript.walk()}
    sent: dict[str, list[str]] = {}
    for node in form.walk():
        name = node.attrs.get("name")
        if not name or "disabled" in node.attrs or id(node) in skipped:
            continue
        for value in _values(node):
            sent.setdefault(name, []).append(value)
    return sent


def _values(node: Node) -> list[str]:
    kind = node.attrs.get("type", "text")
    if node.tag == "textarea":
        text = node.raw.removeprefix("\n")
        return [text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")]
    if node.tag == "select":
        options = node.all("option")
        chosen = [option for option in options if "selected" in option.attrs] or options[:1]
        return [option.attrs.get("value", option.text) for option in chosen]
    if node.tag != "input" or kind in ("file", "submit"):
        return []
    if kind in ("checkbox", "radio"):
        return [node.attrs.get("value", "on")] if "checked" in node.attrs else []
    if kind == "hidden":
        return [node.attrs.get("value", "")]
    return [node.attrs.get("value", "").replace("\r", "").replace("\n", "")]


def fill_in(browser: Browser, url: str, **answers: Any) -> Any:
    """Open a page with a form, change these answers, send it."""
    return send(browser, url, read(browser.get(url)), **answers)


def send(browser: Browser, url: str, page: Node, **answers: Any) -> Any:
    """Send the form of a page that is open already."""
    return browser.post(url, {**sent_by(page), **answers})


def facts(page: Node) -> dict[str, str]:
    """Label → value of everything a profile page says."""
    found = {}
    for fact in page.all("div", cls="fact"):
        label = "".join(part for part in fact.one("dt").children if isinstance(part, str))
        found[label.strip()] = fact.one("dd").text
    return found


def marks(page: Node) -> dict[str, str]:
    """Field key → its change mark, "x2"; "x2 new" while the reader has not seen it."""
    return {
        node.attrs["data-field"]: node.text + (" new" if "unseen" in node.attrs["class"] else "")
        for node in page.all(data_changes="")
    }


def problems(page: Node) -> list[str]:
    """The lines of the box on top of a form that was not saved."""
    boxes = page.all("div", cls="form-errors")
    return [line.text for box in boxes for line in box.all("li")]


def shown_clients(page: Node) -> list[int]:
    return [int(node.attrs["data-client"]) for node in page.all(data_client="")]


def shown_pets(page: Node) -> list[int]:
    return [int(node.attrs["data-pet"]) for node in page.all(data_pet="")]


def form_fields(page: Node) -> list[str]:
    """Keys of the fields on a form, in their order."""
    form = page.one("form", data_guard="")
    names = [node.attrs["data-field"] for node in form.all(data_field="")]
    return list(dict.fromkeys(names))


def labels(page: Node) -> dict[str, str]:
    """Field → its label on the form, with the star of a required one."""
    found = {}
    for node in page.one("form", data_guard="").all(data_field=""):
        label = next(n for n in node.walk() if n.tag in ("label", "legend", "span"))
        found[node.attrs["data-field"]] = label.text
    return found
