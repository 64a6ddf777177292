"""The letters of PDFs: Latin, Greek and Cyrillic, in two weights. The printer's own fonts write
Western Europe only."""

from functools import cache
from pathlib import Path

import ttf_opensans
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

FONT, BOLD = "OpenSans", "OpenSans-Bold"
FILES = {FONT: "OpenSans-Regular.ttf", BOLD: "OpenSans-Bold.ttf"}


@cache
def load_fonts() -> frozenset[int]:
    """Have the fonts at hand, once a process; the letters that both have."""
    folder = Path(ttf_opensans.__file__).parent / "ttf"
    fonts = [TTFont(name, folder / file) for name, file in FILES.items()]
    for font in fonts:
        registerFont(font)
    registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))


def printable(text: str) -> str:
    """What the fonts can write; another letter is a question mark. Line ends stay."""
    known = load_fonts()
    return "".join(each if each == "\n" or ord(each) in known else "?" for each in text)
