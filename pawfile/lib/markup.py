"""HTML with holes, for what a page draws by the hundred."""

from html import escape

from django.utils.safestring import SafeString


def escaped(value: object) -> SafeString:
    """The value as HTML: escaped, unless it is a ``SafeString``, which is HTML already."""
    return value if isinstance(value, SafeString) else SafeString(escape(str(value)))


def filled(pattern: str, **values: object) -> SafeString:
    """``pattern``, which is HTML of ours, with every value escaped in its hole.

    Django's ``format_html`` in a fifth of the time: it leaves out what lazy patterns need.
    """
    return SafeString(
        pattern.format_map(
            {
                name: value if isinstance(value, SafeString) else escape(str(value))
                for name, value in values.items()
            }
        )
    )
