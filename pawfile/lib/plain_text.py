"""Texts out of other programs: HTML to plain text, accents that were encoded twice."""

import html
import re

_MARKUP = re.compile(
    r"<br\s*/?>|</?(?:script|style|p|b|i|u|em|strong|div|span|ul|ol|li|h[1-6]|font|a)(?:\s[^<>]*)?>"
    r"|&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
_SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"[ \t]*(?:<br\s*/?>|</p\s*>|</div\s*>|</li\s*>)[ \t]*\n?", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]*)?/?>", re.IGNORECASE)
_DOUBLED = re.compile(r"[ÂÃ][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
                      r"\u2013-\u203a\u20ac\u2122]|â€")  # fmt: skip


def is_markup(text: str) -> bool:
    """Whether there are line breaks or other tags of HTML in it, or its names of signs."""
    return ("<" in text or "&" in text) and bool(_MARKUP.search(text))


def without_markup(text: str) -> str:
    """The text of HTML: breaks as line breaks, signs as themselves, no scripts.

    A bare "<" or "&" stays what it is.
    """
    if "<" in text:
        text = _TAGS.sub("", _BREAKS.sub("\n", _SILENT.sub("", text)))
    return html.unescape(text).replace("\xa0", " ").strip() if "&" in text else text.strip()


def encoded_once(text: str) -> str:
    """The text with "Ã­" mended to "í", if all of it reads so; else as it is."""
    if text.isascii() or not _DOUBLED.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            mended = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return mended if len(mended) < len(text) else text
    return text
