"""Kinds of files told from their bytes, and files whose end is missing."""

from io import BytesIO

import pytest
from PIL import Image

from pawfile.lib.filetypes import described, is_cut_off, kind_of_bytes


def picture(kind: str) -> bytes:
    """A small picture with something in it, as a file of this kind."""
    file = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"])
def test_a_picture_is_known_by_its_bytes(kind: str) -> None:
    assert kind_of_bytes(picture(kind)) == kind


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", "", "a file of an unknown type"),
        (b"Name,Phone\r\n", "", "a file of an unknown type"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIF", "a picture (HEIF)"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "AVIF", "a picture (AVIF)"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "VIDEO", "a video"),
        (b"%PDF-1.7", "PDF", "a PDF"),
        (b"PK\x03\x04......xl/workbook.xml", "XLSX", "an Excel workbook"),
        (
            b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "ODS",
            "an OpenDocument spreadsheet",
        ),
        (b"PK\x03\x04....rex.jpg", "ZIP", "a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "OLE", "an old Excel or Word file"),
        (b"RIFF....WAVEfmt ", "SOUND", "a sound file"),
        (b"MZ\x90\0", "PROGRAM", "a program"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>", "HTML", "a web page"),
        (b'<?xml version="1.0"?><svg xmlns="">', "SVG", "an SVG drawing"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "SPREADSHEETML",
            "an Excel 2003 XML workbook",
        ),
        (b'<?xml version="1.0"?><doc/>', "", "a file of an unknown type"),
    ],
)
def test_other_files_are_known_and_have_a_name_people_use(
    data: bytes, kind: str, words: str
) -> None:
    assert kind_of_bytes(data) == kind
    assert described(kind) == words


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_missing_end_is_noticed_and_bytes_after_the_end_are_not(kind: str) -> None:
    whole = picture(kind)
    assert not is_cut_off(whole, kind)
    assert not is_cut_off(whole + b"\0" * 100 + b"trailing", kind)
    for length in (len(whole) // 2, len(whole) - 20):
        assert is_cut_off(whole[:length], kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF", ""])
def test_no_beginning_of_a_file_upsets_the_check(kind: str) -> None:
    source = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" if kind in ("HEIF", "") else picture(kind)
    for length in range(60):
        assert is_cut_off(source[:length], kind) in (True, False)


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_photo() -> None:
    whole = picture("JPEG")
    thumbnail = b"\xff\xe1\x00\x08\xff\xd8\xff\xd9\0\0"
    cut = (whole[:2] + thumbnail + whole[2:]).removesuffix(b"\xff\xd9")
    assert is_cut_off(cut, "JPEG")
    assert not is_cut_off(cut + b"\xff\xd9", "JPEG")


def test_an_animation_needs_only_its_first_frame() -> None:
    frames = [Image.linear_gradient("L"), Image.radial_gradient("L")]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=100)
    assert not is_cut_off(file.getvalue()[:-50], "GIF")
