"""Sheets as a PDF, on A4 or US Letter, in letters that write Latin, Greek and Cyrillic names."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape  # nosec B406

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    Image,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from pawfile.access.sheets import Line, Sheet, SheetPet
from pawfile.lib.fonts import FONT, load_fonts, printable

PAPERS = {"letter": letter, "a4": A4}
#: Countries whose printers are filled with Letter.
LETTER_REGIONS = {"US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "PA", "DO", "PR", "VE"}
SIDE, TOP, BOTTOM = 14 * mm, 14 * mm, 18 * mm
PHOTO = 22 * mm
SOFT, EDGE = HexColor("#555555"), HexColor("#777777")


def paper_of(region: str) -> str:
    """What a company of this country most likely prints on."""
    return "letter" if region in LETTER_REGIONS else "a4"


@lru_cache(maxsize=1)
def styles() -> dict[str, ParagraphStyle]:
    """Loads the fonts, once a process."""
    load_fonts()
    plain: dict[str, Any] = {"fontName": FONT, "textColor": black}
    box: dict[str, Any] = {"borderWidth": 1.2, "borderColor": black, "borderPadding": 5}
    return {
        "name": ParagraphStyle("name", **plain, fontSize=20, leading=25, spaceAfter=2),
        "door": ParagraphStyle("door", **plain, fontSize=13, leading=17.5, spaceAfter=3),
        "danger": ParagraphStyle(
            "danger", **plain, **box, fontSize=13, leading=17.5, spaceBefore=12, spaceAfter=12,
            leftIndent=6, rightIndent=6,
        ),
        "pet": ParagraphStyle("pet", **plain, fontSize=15, leading=19),
        "section": ParagraphStyle(
            "section", **plain, fontSize=11.5, leading=15, spaceBefore=10, spaceAfter=2
        ),
        "line": ParagraphStyle("line", **plain, fontSize=9.5, leading=13, spaceAfter=1.5),
    }  # fmt: skip


def sheets_pdf(
    sheets: Iterable[Sheet], *, paper: str, printed: str, company: str,
    told: Callable[[int], None] = lambda _count: None,
) -> bytes:  # fmt: skip
    """Each client begins a page. ``printed`` says when and by whom; ``told`` hears of each sheet
    that is put together."""
    style, file, story = styles(), BytesIO(), list[Any]()
    for number, sheet in enumerate(sheets, start=1):
        story += [PageBreak()] if story else []
        story += flow(sheet, style)
        told(number)
    size = PAPERS[paper]
    room = Frame(SIDE, BOTTOM, size[0] - 2 * SIDE, size[1] - TOP - BOTTOM, 0, 0, 0, 0, id="sheet")

    def foot(page: Canvas, _document: Any) -> None:
        page.setFont(FONT, 8)
        page.setFillColor(SOFT)
        page.drawString(SIDE, 10 * mm, written(f"{company} · {printed}")[:120])
        page.drawRightString(size[0] - SIDE, 10 * mm, str(page.getPageNumber()))

    document = BaseDocTemplate(file, pagesize=size, title=_("Client sheets"), author=company[:200])
    document.addPageTemplates([PageTemplate(id="page", frames=[room], onPage=foot)])
    document.build([NextPageTemplate("page"), *story])
    return file.getvalue()


def flow(sheet: Sheet, style: dict[str, ParagraphStyle]) -> list[Any]:
    """A sheet from the door to the background."""
    parts: list[Any] = [Paragraph(bold(sheet.client.name), style["name"])]
    told = [sheet.phone, sheet.address]
    parts += [Paragraph(words(each), style["door"]) for each in told if each]
    parts += danger(sheet, style)
    if sheet.ways:
        parts.append(Paragraph(bold(_("Ways in")), style["section"]))
        ways = enumerate(sheet.ways, start=1)
        parts += [Paragraph(f"{place}. {words(way)}", style["door"]) for place, way in ways]
    if sheet.codes:
        parts.append(Paragraph(bold(_("Codes")), style["section"]))
        parts += [Paragraph(line_text(line), style["door"]) for line in sheet.codes]
    for pet in sheet.pets:
        parts += pet_flow(pet, style)
    for section in sheet.sections:
        parts += [CondPageBreak(22 * mm), Paragraph(bold(section.label), style["section"])]
        parts += [Paragraph(line_text(line), style["line"]) for line in section.lines]
    return parts


def danger(sheet: Sheet, style: dict[str, ParagraphStyle]) -> list[Any]:
    """What could hurt, in a box on top. Each line its own, so that a long one goes over pages."""
    return [
        Paragraph(
            f"{bold(f'{pet.pet.name}, {str(line.label).lower()}:')} {words(line.text)}",
            style["danger"],
        )
        for pet in sheet.pets
        for line in pet.warnings
    ]


def pet_flow(pet: SheetPet, style: dict[str, ParagraphStyle]) -> list[Any]:
    head = [
        Paragraph(bold(pet.pet.name), style["pet"]),
        Paragraph(words(pet.summary), style["line"]),
    ]
    picture = photo_of(pet)
    cells = [[picture, head]] if picture else [[head]]
    widths = [PHOTO + 4 * mm, None] if picture else [None]
    top = Table(cells, colWidths=widths, style=[
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("LINEABOVE", (0, 0), (-1, 0), 0.7, EDGE),
    ])  # fmt: skip
    lines = [Paragraph(line_text(line), style["line"]) for line in pet.lines]
    return [Spacer(0, 4 * mm), CondPageBreak(45 * mm), top, *lines]


def photo_of(pet: SheetPet) -> Image | None:
    if not pet.photo_url or pet.pet.photo is None:
        return None
    try:
        with default_storage.open(pet.pet.photo.path("small")) as file:
            data = BytesIO(file.read())
    except FileNotFoundError:
        return None
    ImageReader(data)  # ours: it can be read
    data.seek(0)
    return Image(data, width=PHOTO, height=PHOTO)


def line_text(line: Line) -> str:
    return f"{bold(line.label)}: {words(line.text)}"


def bold(text: object) -> str:
    return f"<b>{words(str(text))}</b>"


def words(text: str) -> str:
    """As the drawing library reads it: text, whatever it contains, with its line breaks."""
    return escape(written(text)).replace("\n", "<br/>")


def written(text: str) -> str:
    return printable(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
