"""What a file is, told from its bytes and not from its name; and whether its end is missing."""

from collections.abc import Callable

from django.utils.translation import gettext as _

_STARTS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
    (b"Rar!\x1a\x07", "ARCHIVE"),
    (b"7z\xbc\xaf\x27\x1c", "ARCHIVE"),
    (b"\x1f\x8b", "ARCHIVE"),
    (b"MZ", "PROGRAM"),
    (b"\x7fELF", "PROGRAM"),
    (b"ID3", "SOUND"),
    (b"OggS", "SOUND"),
    (b"\x1aE\xdf\xa3", "VIDEO"),
    (b"8BPS", "PHOTOSHOP"),
    (b"SQLite format 3\0", "DATABASE"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_RIFF = {b"WEBP": "WEBP", b"WAVE": "SOUND", b"AVI ": "VIDEO"}
_ZIPPED = ((b"xl/", "XLSX"), (b"word/", "DOCX"), (b"opendocument.spreadsheet", "ODS"))
_HEAD = 4096


def kind_of_bytes(data: bytes) -> str:
    """The kind of the file that starts with `data` (its first 4,096 bytes or more).

    Pictures: JPEG, PNG, GIF, WEBP, HEIF, AVIF, BMP, TIFF. Others: PDF, XLSX, ODS, DOCX, ZIP, OLE
    (old Office), ARCHIVE, PROGRAM, SOUND, VIDEO, PHOTOSHOP, DATABASE, SVG, HTML, SPREADSHEETML.
    "" for plain text and whatever else there is.
    """
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        return _kind_of_boxes(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for mark, kind in _ZIPPED if mark in data), "ZIP")
    return _kind_of_markup(data)


def described(kind: str) -> str:
    """A kind as people call it: "a PDF", "an Excel workbook"."""
    names = {
        "PDF": _("a PDF"),
        "XLSX": _("an Excel workbook"),
        "ODS": _("an OpenDocument spreadsheet"),
        "DOCX": _("a Word document"),
        "ZIP": _("a zip archive"),
        "OLE": _("an old Excel or Word file"),
        "ARCHIVE": _("an archive"),
        "PROGRAM": _("a program"),
        "SOUND": _("a sound file"),
        "VIDEO": _("a video"),
        "PHOTOSHOP": _("a Photoshop file"),
        "DATABASE": _("a database"),
        "SVG": _("an SVG drawing"),
        "HTML": _("a web page"),
        "SPREADSHEETML": _("an Excel 2003 XML workbook"),
        "": _("a file of an unknown type"),
    }
    return names.get(kind) or _("a picture (%s)") % kind


def is_cut_off(data: bytes, kind: str) -> bool:
    """Whether the end of a picture of this kind is missing, as after a broken upload.

    Cheap and lenient: bytes after the end do not matter, of an animation only the first frame
    does, and BMP and TIFF, which have no end mark, never count as cut off.
    """
    check = _CUT_OFF.get(kind)
    return check(data) if check else False


def _kind_of_boxes(data: bytes) -> str:
    """The kind of an ISO media file by its brands: AVIF before HEIF, which it may also name."""
    size = min(int.from_bytes(data[:4], "big"), _HEAD)
    brands = {data[place : place + 4] for place in (8, *range(16, size, 4))}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else "VIDEO"


def _kind_of_markup(data: bytes) -> str:
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if head.startswith(b"<svg") or (head.startswith(b"<?xml") and b"<svg" in head):
        return "SVG"
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "SPREADSHEETML"
    return ""


def _jpeg_is_cut_off(data: bytes) -> bool:
    """Whether no end mark follows the headers (a thumbnail in them has an end mark of its own)."""
    place = 2
    while data[place : place + 1] == b"\xff" and data[place + 1 : place + 2] != b"\xda":
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return data.find(b"\xff\xd9", place) < 0


def _png_is_cut_off(data: bytes) -> bool:
    """Whether the row of chunks ends before IEND."""
    place = 8
    while place + 8 <= len(data):
        if data[place + 4 : place + 8] == b"IEND":
            return False
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    return True


def _gif_is_cut_off(data: bytes) -> bool:
    """Whether the file ends before its first frame does."""
    place = 13 + _gif_colours(data[10:11])
    while place < len(data):
        block = data[place : place + 1]
        if block == b";":
            return False
        if block == b",":
            place += 11 + _gif_colours(data[place + 9 : place + 10])
            return _after_gif_pieces(data, place) > len(data)
        place = _after_gif_pieces(data, place + 2)
    return True


def _gif_colours(flags: bytes) -> int:
    """Length in bytes of the colour table that a flags byte announces."""
    value = flags[0] if flags else 0
    return 3 << (value % 8 + 1) if value >= 128 else 0


def _after_gif_pieces(data: bytes, place: int) -> int:
    """Where the pieces that start at `place` end; beyond the data if it ends first."""
    while place < len(data) and data[place]:
        place += 1 + data[place]
    return place + 1


def _webp_is_cut_off(data: bytes) -> bool:
    return 8 + int.from_bytes(data[4:8], "little") > len(data)


def _boxes_are_cut_off(data: bytes) -> bool:
    """Whether a box of an ISO media file is longer than the rest of the file."""
    place = 0
    while place + 8 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        if size < 8:
            return False
        place += size
    return place > len(data)


_CUT_OFF: dict[str, Callable[[bytes], bool]] = {
    "JPEG": _jpeg_is_cut_off,
    "PNG": _png_is_cut_off,
    "GIF": _gif_is_cut_off,
    "WEBP": _webp_is_cut_off,
    "HEIF": _boxes_are_cut_off,
    "AVIF": _boxes_are_cut_off,
}
