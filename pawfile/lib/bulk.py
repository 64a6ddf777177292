"""HTML by the hundred kilobytes, put into a page when everything else of the page is done.

Every block of a template copies what stands in it, and the page is encoded at the end. What is
long and the same for everybody is kept as bytes instead; in the page a mark stands in its place.
"""

from collections.abc import Iterable

from django.utils.safestring import SafeString

#: Nobody can type it into a page: "<" is escaped.
MARK = SafeString("<bulk>")


class Bulk:
    """What is put into one page: ``render`` gives every template one by the name ``bulk``."""

    def __init__(self) -> None:
        self.places: list[Iterable[bytes]] = []

    def put(self, pieces: Iterable[bytes]) -> SafeString:
        """What stands for these pieces of HTML, encoded, until the page is done."""
        self.places.append(pieces)
        return MARK

    def fill(self, page: bytes) -> bytes:
        """The page with all that was put into it."""
        first, *others = page.split(MARK.encode())
        whole = [first]
        for pieces, after in zip(self.places, others, strict=True):
            whole += pieces
            whole.append(after)
        return b"".join(whole)
