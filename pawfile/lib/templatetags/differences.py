"""A text with what went and what came, for eyes and for screen readers."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from pawfile.lib.differences import Part, Piece
from pawfile.lib.markup import filled, joined, lines

register = template.Library()

#: Screen readers pass over <del> and <ins>, so what they mean is said in words.
SPOKEN = '<span class="only-spoken">{word} </span>'
DRAWN = {
    Part.SAME: "{text}",
    Part.GONE: f"<del>{SPOKEN}{{text}}</del>{{blank}}",
    Part.NEW: f"<ins>{SPOKEN}{{text}}</ins>{{blank}}",
    Part.CUT: '<span class="difference-cut" title="{word}">…</span>',
}


@register.simple_tag
def difference(pieces: Iterable[Piece]) -> SafeString:
    words = {
        Part.SAME: "",
        Part.GONE: gettext("[removed]"),
        Part.NEW: gettext("[added]"),
        Part.CUT: gettext("Unchanged text"),
    }
    return joined(drawn(piece, words[piece.part]) for piece in pieces)


def drawn(piece: Piece, word: str) -> SafeString:
    """A blank behind a word is outside of what is marked."""
    text, blank = piece.text, ""
    if piece.part in (Part.GONE, Part.NEW) and text.strip() and text.endswith(" "):
        text, blank = text.rstrip(" "), " "
    return filled(DRAWN[piece.part], word=word, text=lines(text), blank=blank)
