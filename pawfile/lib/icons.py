"""The icons of all pages in one SVG sprite: a table of fifty rows names them, none repeats them.

Most are Lucide's (ISC licence), read out of its package once per process; a few animals that Lucide
lacks are drawn here in the same manner: 24 × 24, round strokes, no fill.
"""

import hashlib
import re
import zipfile
from functools import lru_cache
from importlib import resources

_LUCIDE = """
    activity archive archive-restore arrow-down arrow-left arrow-left-right arrow-right arrow-up
    at-sign badge-check ban bed bell bird bone book-user briefcase building-2 calendar
    calendar-check calendar-days calendar-plus camera cat check chevron-down chevron-left
    chevron-right chevron-up circle circle-alert circle-check circle-minus circle-question-mark
    circle-user-round circle-x clipboard-check clipboard-list clock columns-3 copy dog dollar-sign
    door-open download droplet ellipsis ellipsis-vertical external-link eye eye-off file file-plus
    file-spreadsheet file-text fish flag folder footprints funnel gauge git-compare git-merge
    globe grip-vertical hand-coins hash heart heart-pulse history house image image-plus images
    inbox info key key-round keyboard languages layout-dashboard lightbulb link list list-checks
    list-filter lock lock-open log-in log-out mail mail-check map map-pin map-pinned menu
    message-square message-square-text messages-square minus monitor moon navigation notebook-pen
    palette paperclip paw-print pencil phone pill pin play plug plus printer rabbit refresh-cw
    repeat reply rotate-ccw save scissors scroll-text search send settings share-2 shield
    shield-alert shield-check siren sliders-horizontal smartphone snowflake sparkles square
    square-check square-pen squirrel star stethoscope sticky-note sun syringe table tag tags
    thermometer timer trash-2 tree-palm triangle-alert turtle undo-2 upload user user-check
    user-cog user-plus user-round user-x users utensils volume-2 wallet warehouse wheat wifi
    wrench x zap
"""

#: Every Lucide icon a template may name. Unknown names raise: add new ones here.
NAMES = frozenset(_LUCIDE.split())

DRAWN = {
    "horse": (
        '<path d="M14.5 2.5 13 5.2C9.5 6 7.8 8.5 6.8 11.5l-3 3.9a1.8 1.8 0 0 0 .3 2.5l1.5 1.1'
        'a2 2 0 0 0 2.4 0l2-1.6c2.2 0 4-.9 5-2.6"/>'
        '<path d="M14.5 2.5c.8.7 1.3 1.6 1.5 2.7 3.2 1.8 5 5.3 5 9.3 0 2.5-.3 4.7-1 7"/>'
        '<path d="M15 14.8c-1.3 2-2 4.2-2.2 6.7"/><path d="M11.5 10h.01"/>'
        '<path d="M16.5 9.5c.9 1.5 1.3 3.3 1.2 5.2"/>'
    ),
    "cow": (
        '<path d="M8 6.5C6 6.5 4.8 5 4.8 3"/><path d="M16 6.5c2 0 3.2-1.5 3.2-3.5"/>'
        '<path d="M7.2 8.8C5.5 8 3.6 8.2 2.3 9.5c.8 1.7 2.5 2.5 4.7 2.3"/>'
        '<path d="M16.8 8.8c1.7-.8 3.6-.6 4.9.7-.8 1.7-2.5 2.5-4.7 2.3"/>'
        '<path d="M8 6.5h8c.7.9 1.1 2 1.1 3.2 0 2-.8 3.6-.8 5.3M8 6.5c-.7.9-1.1 2-1.1 3.2 '
        '0 2 .8 3.6.8 5.3"/>'
        '<rect x="6.5" y="15" width="11" height="6.2" rx="3.1"/>'
        '<path d="M10 18h.01"/><path d="M14 18h.01"/>'
        '<path d="M9.9 11h.01"/><path d="M14.1 11h.01"/>'
    ),
}


class UnknownIcon(LookupError):
    """A template names an icon that is not in the sprite: add it to ``NAMES``."""


@lru_cache(maxsize=1)
def sprite() -> str:
    """The sprite as SVG text: one ``<symbol>`` an icon, in the colour of the text around it."""
    symbols = dict(DRAWN)
    archive = resources.files("lucide").joinpath("lucide.zip")
    with archive.open("rb") as file, zipfile.ZipFile(file) as lucide:
        for name in NAMES:
            svg = lucide.read(f"{name}.svg").decode()
            symbols[name] = _shapes(svg)
    body = "".join(
        f'<symbol id="{name}" viewBox="0 0 24 24">{symbols[name]}</symbol>'
        for name in sorted(symbols)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>'


@lru_cache(maxsize=1)
def version() -> str:
    """Changes when the sprite does; part of its address, so browsers may keep it for a year."""
    return hashlib.sha256(sprite().encode()).hexdigest()[:12]


@lru_cache(maxsize=512)
def address(name: str) -> str:
    """Where one icon is: ``/icons.svg?v=…#phone``."""
    if name not in NAMES and name not in DRAWN:
        raise UnknownIcon(f"No icon “{name}” in the sprite; add it to pawfile.lib.icons.NAMES.")
    return f"/icons.svg?v={version()}#{name}"


def _shapes(svg: str) -> str:
    """What is inside the ``<svg>`` of one Lucide file, without line breaks."""
    inner = svg.partition(">")[2].rpartition("</svg>")[0]
    return re.sub(r">\s+<", "><", inner).replace(" />", "/>").strip()
