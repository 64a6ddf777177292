"""Labels for keys as a PDF: 30 a page on US Letter, in the places of the common label sheet
(Avery 5160), to print on one or to cut out.

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
from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pawfile.access.models import Key

COLUMNS, ROWS = 3, 10
LEFT, TOP = 0.1875 * inch, 0.5 * inch
STEP_ACROSS, STEP_DOWN = 2.75 * inch, 1 * inch
WIDTH = 2.625 * inch
QR, PADDING = 0.86 * inch, 0.07 * inch
FONT, BOLD = "Helvetica", "Helvetica-Bold"
SMALL = 8
#: Sizes of the key code, the largest that fits counts.
SIZES = (16, 14, 12, 10, 8, 6)
MOST_LINES = 4


def labels_pdf(keys: Iterable[Key], *, contact: str, site: str, is_packed: bool = True) -> bytes:
    """``site`` is the address of the book, before the path."""
    file = BytesIO()
    page = Canvas(file, pagesize=letter, pageCompression=is_packed)
    page.setTitle(_("Labels of keys"))
    for number, key in enumerate(keys):
        place = number % (COLUMNS * ROWS)
        if number and place == 0:
            page.showPage()
        column, row = place % COLUMNS, place // COLUMNS
        x = LEFT + column * STEP_ACROSS
        y = letter[1] - TOP - (row + 1) * STEP_DOWN
        draw_label(page, x, y, key, contact=contact, site=site)
    page.save()
    return file.getvalue()


def draw_label(page: Canvas, x: float, y: float, key: Key, *, contact: str, site: str) -> None:
    draw_code(page, x + PADDING, y + PADDING, address_of(key, site))
    start, room = x + QR + 2 * PADDING, WIDTH - QR - 3 * PADDING
    code = printable(key.code)
    size = next((size for size in SIZES if stringWidth(code, BOLD, size) <= room), SIZES[-1])
    page.setFont(BOLD, size)
    page.drawString(start, y + STEP_DOWN - PADDING - 16, code)
    page.setFont(FONT, SMALL)
    words = contact or _("If found, please scan the code.")
    lines = simpleSplit(printable(words), FONT, SMALL, room)[:MOST_LINES]
    for number, line in enumerate(lines):
        page.drawString(start, y + STEP_DOWN - PADDING - 30 - number * (SMALL + 2), line)


def draw_code(page: Canvas, x: float, y: float, text: str) -> None:
    code = QrCodeWidget(text, barLevel="M", barBorder=2)
    left, bottom, right, top = code.getBounds()
    scale = QR / (right - left)
    drawing = Drawing(QR, QR, transform=[scale, 0, 0, QR / (top - bottom), 0, 0])
    drawing.add(code)
    drawing.drawOn(page, x - left, y - bottom)


def address_of(key: Key, site: str) -> str:
    return urljoin(site, reverse("found_key", args=[key.token]).lstrip("/"))


def printable(text: str) -> str:
    """What the printer's own fonts can write; another letter is a question mark."""
    return text.encode("cp1252", "replace").decode("cp1252")
