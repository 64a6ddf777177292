"""Encodings told from the bytes of a file."""

from pathlib import Path

import pytest

from pawfile.lib.charsets import encoding_of

NAMES = "Name,Note\r\nJosé Núñez,“très bien” – 5 €\r\nZoë O’Neil,Crème…\r\nJürgen Größe,naïve\r\n"
LATIN = "Name,Note\r\nJosé Núñez,très bien\r\nÅsa Øster,Crème brûlée\r\nJÜRGEN GRÖSSE,½ cup\r\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clients.csv"


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("ascii", "Name\r\nAnn\r\n", "utf-8"),
        ("utf-8", NAMES, "utf-8"),
        ("utf-8-sig", NAMES, "utf-8-sig"),
        ("utf-16", NAMES, "utf-16"),
        ("utf-32", NAMES, "utf-32"),
        ("utf-16-le", NAMES, "utf-16-le"),
        ("utf-16-be", NAMES, "utf-16-be"),
        ("utf-32-le", NAMES, "utf-32-le"),
        ("utf-32-be", NAMES, "utf-32-be"),
        ("cp1252", NAMES, "cp1252"),
        ("mac_roman", NAMES, "mac_roman"),
        ("latin-1", LATIN, "latin-1"),
        ("utf-16-le", "Имя,Телефон\r\nАнна,1\r\nБорис,2\r\n", "utf-16-le"),
        ("utf-16-be", "名前,電話\r\n太郎,1\r\n", "utf-16-be"),
    ],
)
def test_an_encoding_is_told_from_the_bytes(
    path: Path, encoding: str, text: str, name: str
) -> None:
    path.write_bytes(text.encode(encoding))
    assert encoding_of(path) == name
    assert path.read_bytes().decode(name) == text


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "name",
    ["José", "MÁRQUEZ", "Zoë", "O’Neil", "Núñez", "“Max”", "Größe", "Crème, brûlée"],
)
def test_one_foreign_letter_is_enough_for_a_good_guess(
    path: Path, encoding: str, name: str
) -> None:
    path.write_bytes(f"Name\r\n{name}\r\n".encode(encoding))
    assert path.read_bytes().decode(encoding_of(path)) == f"Name\r\n{name}\r\n"


def test_a_letter_at_the_border_of_two_pieces_is_whole(path: Path) -> None:
    path.write_bytes(b"x" * ((1 << 20) - 1) + "é".encode())
    assert encoding_of(path) == "utf-8"


def test_a_foreign_letter_late_in_a_long_file_counts(path: Path) -> None:
    path.write_bytes(b"Name\n" * 500_000 + "“José” – Zoë".encode("cp1252"))
    assert encoding_of(path) == "cp1252"


def test_a_few_wrong_bytes_do_not_garble_a_utf8_file(path: Path) -> None:
    path.write_bytes("José Núñez, Zoë, ".encode() + b"Jos\xe9")
    assert encoding_of(path) == "utf-8"
    path.write_bytes("José Núñez".encode()[:-2] + "ñ".encode()[:1])
    assert encoding_of(path) == "utf-8"


def test_a_stray_zero_makes_no_wide_text(path: Path) -> None:
    path.write_bytes(b"Name,Phone\r\n" * 50 + b"Ann\0,1\r\n")
    assert encoding_of(path) == "utf-8"
