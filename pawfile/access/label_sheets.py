"""Sheets of labels as shops sell them, and which of them a company is likely to have."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.units import inch, mm

from pawfile.fields.registry import Label


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Where the labels are, in points: the first one's left and top, and the way to the next."""

    key: str
    label: Label
    page: tuple[float, float]
    columns: int
    rows: int
    left: float
    top: float
    step_across: float
    step_down: float
    width: float
    qr: float

    @property
    def count(self) -> int:
        return self.columns * self.rows


LETTER = LabelSheet(
    key="letter",
    label=_("US Letter, 30 labels (Avery 5160)"),
    page=letter,
    columns=3,
    rows=10,
    left=0.1875 * inch,
    top=0.5 * inch,
    step_across=2.75 * inch,
    step_down=1 * inch,
    width=2.625 * inch,
    qr=0.86 * inch,
)
A4_SHEET = LabelSheet(
    key="a4",
    label=_("A4, 21 labels (Avery L7160)"),
    page=A4,
    columns=3,
    rows=7,
    left=7.25 * mm,
    top=15.15 * mm,
    step_across=66 * mm,
    step_down=38.1 * mm,
    width=63.5 * mm,
    qr=25 * mm,
)
SHEETS = {sheet.key: sheet for sheet in (LETTER, A4_SHEET)}
#: Countries that print on Letter; all others print on A4.
WITH_LETTER = frozenset(
    ["US", "CA", "MX", "PR", "PH", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "SV", "VE"]
)


def usual_sheet(country: str) -> LabelSheet:
    return LETTER if country in WITH_LETTER else A4_SHEET
