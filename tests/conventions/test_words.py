"""The house's words on every screen: a client is never a customer, a visit never a job."""

import ast
import re
from pathlib import Path

import pytest

from tests.conventions.sources import at, files

#: Word that does not belong → the word of the house.
WORDS = {
    r"customers?": "client",
    r"animal records?": "pet",
    r"jobs?": "visit",
    r"service orders?": "visit",
    r"pet owners?": "client",
}
STRANGE = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
CODE = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->|\{[{%].*?[%}]\}", re.DOTALL)
SPOKEN = re.compile(r'\b(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)"|>([^<]*)')
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


def template_words(markup: str) -> list[str]:
    """Strange words in what a template shows or reads out, its translated texts included."""
    texts = re.findall(r"""\{%-? *(?:trans|translate) +["'](.*?)["']""", markup)
    bare = CODE.sub(" ", markup)
    texts += [shown or text for shown, text in SPOKEN.findall(f">{bare}")]
    return [word for text in texts for word in STRANGE.findall(text)]


def python_words(source: str) -> list[str]:
    """Strange words in the texts that a module marks for translation."""
    return [
        word
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in TRANSLATED
        for text in call.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
        for word in STRANGE.findall(text.value)
    ]


def words_in(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    return python_words(text) if path.suffix == ".py" else template_words(text)


def test_screens_speak_the_words_of_the_house() -> None:
    paths = files("pawfile", endings=(".py", ".html"))
    assert [f"{at(path)} {word}" for path in paths for word in words_in(path)] == []


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ("<p>Clients and pets</p>", 0),
        ('<p class="customer">{{ customer }}</p>', 0),
        ("<p>Dear customer</p>", 1),
        ('<button aria-label="Delete customer">', 1),
        ('{% translate "All customers" %}', 1),
        ("{# customer #}", 0),
    ],
)
def test_strange_words_in_templates_are_found(markup: str, count: int) -> None:
    assert len(template_words(markup)) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('label = _("Client")', 0),
        ('synonyms = {"customer": "client"}', 0),
        ('label = _("Customer")', 1),
        ('ngettext("One job", "%(n)s jobs", n)', 2),
    ],
)
def test_strange_words_in_texts_are_found(source: str, count: int) -> None:
    assert len(python_words(source)) == count
