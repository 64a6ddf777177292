"""How wide windows are, and what several browser tests do in them."""

import io
from collections.abc import Callable
from typing import Any

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
#: 1280 px at 400 % zoom.
ZOOMED: dict[str, Any] = {"viewport": {"width": 320, "height": 512}}

Windows = Callable[..., Page]


def row_of(page: Page, name: str) -> Locator:
    """The table row of this client, pet or vet."""
    named = page.get_by_role("rowheader").filter(has_text=name)
    return page.get_by_role("row").filter(has=named)


def listed(page: Page) -> Locator:
    """The names in the table, in its order."""
    return page.locator(".table .table-name a")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def jpeg(name: str = "rex.jpg", *, color: str = "peru") -> FilePayload:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), color).save(picture, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture.getvalue()}
