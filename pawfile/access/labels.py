"""Labels for keys as a PDF, in the places of a common label sheet, to print on one or to cut out.

A label tells a finder nothing of the home: the key code, whom to call, and a code to scan that
leads to the company's own page.
"""

from collections.abc import Iterable
from io import BytesIO
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import inch
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pawfile.access.label_sheets import LETTER, LabelSheet
from pawfile.access.models import Key
from pawfile.lib.fonts import BOLD, FONT, load_fonts, printable

PADDING = 0.07 * inch
SMALL = 8
#: Sizes of the key code, the largest that fits counts.
SIZES = (16, 14, 12, 10, 8, 6)
#: From the top of the code to scan down to the key code, and to the first line of words.
CODE_DOWN, WORDS_DOWN = 16, 30


def labels_pdf(
    keys: Iterable[Key],
    *,
    contact: str,
    site: str,
    sheet: LabelSheet = LETTER,
    is_packed: bool = True,
) -> bytes:
    """``site`` is the address of the book, before the path."""
    load_fonts()
    file = BytesIO()
    page = Canvas(file, pagesize=sheet.page, pageCompression=is_packed)
    page.setTitle(_("Labels of keys"))
    for number, key in enumerate(keys):
        place = number % sheet.count
        if number and place == 0:
            page.showPage()
        column, row = place % sheet.columns, place // sheet.columns
        x = sheet.left + column * sheet.step_across
        y = sheet.page[1] - sheet.top - (row + 1) * sheet.step_down
        draw_label(page, x, y, key, sheet=sheet, contact=contact, site=site)
    page.save()
    return file.getvalue()


def draw_label(
    page: Canvas, x: float, y: float, key: Key, *, sheet: LabelSheet, contact: str, site: str
) -> None:
    bottom = y + (sheet.step_down - sheet.qr) / 2
    draw_code(page, x + PADDING, bottom, sheet.qr, address_of(key, site))
    start, room = x + sheet.qr + 2 * PADDING, sheet.width - sheet.qr - 3 * PADDING
    top = bottom + sheet.qr
    code = printable(key.code)
    size = next((size for size in SIZES if stringWidth(code, BOLD, size) <= room), SIZES[-1])
    page.setFont(BOLD, size)
    page.drawString(start, top - CODE_DOWN, code)
    page.setFont(FONT, SMALL)
    words = contact or _("If found, please scan the code.")
    most = int((sheet.qr - WORDS_DOWN) // (SMALL + 2)) + 1
    lines = simpleSplit(printable(words), FONT, SMALL, room)[:most]
    for number, line in enumerate(lines):
        page.drawString(start, top - WORDS_DOWN - number * (SMALL + 2), line)


def draw_code(page: Canvas, x: float, y: float, size: float, text: str) -> None:
    code = QrCodeWidget(text, barLevel="M", barBorder=2)
    left, bottom, right, top = code.getBounds()
    scale = size / (right - left)
    drawing = Drawing(size, size, transform=[scale, 0, 0, size / (top - bottom), 0, 0])
    drawing.add(code)
    drawing.drawOn(page, x - left, y - bottom)


def address_of(key: Key, site: str) -> str:
    return urljoin(site, reverse("found_key", args=[key.token]).lstrip("/"))
