"""HTML with holes, for what a page draws by the hundred.

Whatever comes out of here is escaped, unless it was a ``SafeString`` before: the one place to look
at for that, and the only one that says so by hand.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines

#: Names, services and times come again on every row and every page.
_short = lru_cache(maxsize=20_000)(escape)
_SHORT = 60
#: Stand in a ``Pattern`` as they are.
_HARMLESS = frozenset({SafeString, int})


def _escape(value: object) -> str:
    text = str(value)
    return _short(text) if len(text) <= _SHORT else escape(text)


def escaped(value: object) -> SafeString:
    """The value as HTML: escaped, unless it is HTML already."""
    return value if isinstance(value, SafeString) else SafeString(_escape(value))  # nosec B703


def filled(pattern: str, **values: object) -> SafeString:
    """``pattern``, which is HTML of ours, with every value escaped in its hole.

    Django's ``format_html`` in less time: it leaves out what lazy patterns need.
    """
    return SafeString(  # nosec B703
        pattern.format_map(
            {
                name: value if isinstance(value, SafeString) else _escape(value)
                for name, value in values.items()
            }
        )
    )


class Pattern:
    """HTML of ours with holes "%s", filled in their order: for what is drawn by the thousand."""

    def __init__(self, html: str) -> None:
        self.html = html

    def fill(self, *values: object) -> SafeString:
        return SafeString(  # nosec B703
            self.html
            % tuple([value if value.__class__ in _HARMLESS else _escape(value) for value in values])
        )


def literal(value: object) -> str:
    """A word as part of a ``Pattern``: escaped, and without holes."""
    return escaped(value).replace("%", "%%")


def joined(pieces: Iterable[object], between: str = "") -> SafeString:
    """The pieces one after the other; ``between`` is HTML of ours."""
    return SafeString(between.join([escaped(piece) for piece in pieces]))  # nosec B703


def lines(text: str) -> SafeString:
    """A text line by line, as it was typed."""
    return joined(normalize_newlines(text).split("\n"), "<br>")
