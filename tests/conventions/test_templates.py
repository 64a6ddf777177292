"""Templates: nothing inline that the Content-Security-Policy would block, and the house's words."""

import re
from pathlib import Path

import pytest

from tests.conventions.sources import TEMPLATES, at, files

INLINE = {
    "inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "inline style": r"<style\b",
    "style attribute": r"<[^>]*\sstyle\s*=",
    "event attribute": r"<[^>]*\s(?:on[a-z]+|hx-on[\w:-]*)\s*=",
    "script address": r"javascript:",
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)


def inline(markup: str) -> list[tuple[int, str]]:
    """Lines with what a strict policy would block."""
    bare = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), markup)
    return sorted(
        (bare.count("\n", 0, match.start()) + 1, what)
        for what, pattern in INLINE.items()
        for match in re.finditer(pattern, bare, re.IGNORECASE)
    )


def unused_components(folder: Path, texts: list[str]) -> list[str]:
    """Components that no template includes and no tag draws."""
    everything = COMMENT.sub("", "\n".join(texts))  # a component's comment shows its use
    return sorted(
        path.name for path in folder.glob("*.html") if f"components/{path.name}" not in everything
    )


def test_nothing_inline() -> None:
    # Mail programs know no style sheets: the templates of mails keep their styles in place.
    pages = [p for p in files("pawfile", endings=(".html",)) if "emails" not in p.parts]
    assert [
        f"{at(path, line)} {what}"
        for path in pages
        for line, what in inline(path.read_text("utf-8"))
    ] == []


def test_every_component_is_used() -> None:
    texts = [path.read_text("utf-8") for path in files("pawfile", endings=(".html", ".py"))]
    assert unused_components(TEMPLATES / "components", texts) == []


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ('<script src="/static/js/menu.js" defer></script>', 0),
        ('<p class="style">onclick = style="none"</p>', 0),
        ('{# <p style="color: red"> #}', 0),
        ("<script>alert(1)</script>", 1),
        ('<script type="module">alert(1)</script>', 1),
        ("<style>p {}</style>", 1),
        ('<p\n  style="color: red">', 1),
        ('<button onclick="go()">', 1),
        ('<button hx-on:click="go()">', 1),
        ('<a href="javascript:go()">', 1),
    ],
)
def test_inline_things_are_found(markup: str, count: int) -> None:
    assert len(inline(markup)) == count


def test_an_unused_component_is_found(tmp_path: Path) -> None:
    (tmp_path / "pager.html").touch()
    (tmp_path / "card.html").touch()
    assert unused_components(tmp_path, ['{% include "components/pager.html" %}']) == ["card.html"]
