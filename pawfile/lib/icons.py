"""The icons of all pages in one SVG sprite, so that a table of fifty rows names them instead of repeating them.

Most are Lucide's (ISC licence), read out of its package once per process; a few animals that Lucide
lacks are drawn here in the same manner: 24 × 24, round strokes, no fill.
"""

import hashlib
import re
import zipfile
from functools import lru_cache
from importlib import resources

_LUCIDE = """
    activity archive archive-restore arrow-down arrow-left arrow-left-right arrow-right arrow-up at-sign
    badge-check ban bed bell bird bone book-user briefcase building-2 calendar calendar-check
    calendar-days calendar-plus camera cat check chevron-down chevron-left chevron-right chevron-up
    circle circle-alert circle-check circle-minus circle-question-mark circle-user-round circle-x
    clipboard-check clipboard-list clock columns-3 copy dog dollar-sign door-open download droplet
    ellipsis ellipsis-vertical external-link eye eye-off file file-plus file-spreadsheet file-text fish
    flag folder footprints funnel gauge git-merge globe grip-vertical hand-coins hash heart
    heart-pulse history house image image-plus images inbox info key key-round keyboard languages
    layout-dashboard lightbulb link list list-checks list-filter lock lock-open log-in log-out mail
    mail-check map map-pin map-pinned menu message-square message-square-text messages-square
    minus monitor moon navigation notebook-pen palette paperclip paw-print pencil phone pill pin play
    plug plus printer rabbit refresh-cw repeat reply rotate-ccw save scissors scroll-text search send
    settings share-2 shield shield-alert shield-check siren sliders-horizontal smartphone snowflake
    sparkles square square-check square-pen squirrel star sticky-note stethoscope sun syringe table tag
    tags thermometer timer trash-2 tree-palm triangle-alert turtle undo-2 upload user user-check
    user-cog user-plus user-round user-x users utensils volume-2 wallet warehouse wheat wifi wrench x zap
"""

#: Every Lucide icon a template may name. Unknown names raise: add new ones here.
NAMES = frozenset(_LUCIDE.split())

DRAWN = {
    "horse": (
        '<path d="M13.2 3.2 12.4 6C9.6 7 8 9.2 6.9 11.9l-2.6 3.6a1.9 1.9 0 0 0 .3 2.6l1.2.9a1.9 1.9 0 0 0 2.4-.1'
        'l1.7-1.6c1.6-.2 3-.7 4.1-1.6"/>'
        '<path d="M13.2 3.2c.9.5 1.6 1.3 1.9 2.3 3.4 1.5 5 4.700 5 8.500 0 2.500-.4 4.700-1.300 7"/>'
        '<path d="M14 15.700c-.9 1.600-1.600 3.300-1.800 5.300"/><path d="M11.700 10.200h.01"/>'
        '<path d="M16.400 9.200c.8 1.400 1.100 3 1 4.700"/>'
    ),
    "cow": (
        '<path d="M8.200 6.300C6.300 6.200 5 5 4.900 3"/><path d="M15.800 6.300c1.900-.1 3.200-1.300 3.300-3.300"/>'
        '<path d="M7.300 8.500C5.700 7.600 3.700 7.800 2.300 9c.7 1.800 2.400 2.700 4.500 2.500"/>'
        '<path d="M16.700 8.500c1.600-.9 3.600-.7 5 .5-.7 1.800-2.400 2.700-4.500 2.500"/>'
        '<path d="M8.200 6.300h7.600c.8.600 1.200 1.700 1.200 3 0 2.100-.700 4-.700 5.700H7.700c0-1.700-.700-3.600-.700-5.700 0-1.300.4-2.400 1.200-3Z"/>'
        '<rect x="6.500" y="15" width="11" height="6" rx="3"/>'
        '<path d="M10 18h.01"/><path d="M14 18h.01"/><path d="M9.800 10.800h.01"/><path d="M14.200 10.800h.01"/>'
    ),
}


class UnknownIcon(LookupError):
    """A template names an icon that is not in the sprite: add it to ``NAMES``."""


@lru_cache(maxsize=1)
def sprite() -> str:
    """The sprite as SVG text: one ``<symbol>`` an icon, drawn in the colour of the text around it."""
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
    """Changes when the sprite does: it goes into its address, so browsers may keep it for a year."""
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
