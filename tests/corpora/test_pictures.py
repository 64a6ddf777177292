"""Real pictures, whole, odd and broken: shown or refused by name, never a crash."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from pawfile.lib.pictures import FORMATS, PictureError, check_picture, make_sizes

pytestmark = [
    pytest.mark.corpora,
    # Pillow warns of odd metadata, which is thrown away, and goes on.
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),
]

TOO_LARGE = "has more than 40 megapixels"


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def outcome(path: Path, folder: Path) -> str:
    """The format of the picture, or the refusal; made into sizes in `folder` if it can be."""
    large, small = folder / "large.jpg", folder / "small.jpg"
    large.unlink(missing_ok=True)
    small.unlink(missing_ok=True)
    try:
        with path.open("rb") as file:
            kind = check_picture(file, path.name)
        size = make_sizes(path, large=large, small=small)
    except PictureError as refusal:
        assert not large.exists()
        return str(refusal)
    with Image.open(large, formats=["JPEG"]) as one, Image.open(small, formats=["JPEG"]) as other:
        assert (one.size, other.size) == (size, (320, 320))
        assert max(one.size) <= 1600
        for picture in (one, other):
            assert picture.mode == "RGB"
            assert not picture.getexif()
            assert {"exif", "xmp", "comment", "icc_profile"}.isdisjoint(picture.info)
    return kind


def loads(path: Path) -> bool:
    """Whether Pillow itself decodes the file with our formats."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            image.load()
    except Exception:  # noqa: BLE001
        return False
    return True


def test_what_pillow_loads_is_accepted_and_the_rest_is_refused_by_name(
    corpora: Path, tmp_path: Path
) -> None:
    paths = files(corpora / "pillow-images" / "Tests" / "images")
    assert len(paths) == 379
    too_large, wrong, accepted = [], [], 0
    for path in paths:
        start = time.monotonic()
        said = outcome(path, tmp_path)
        assert time.monotonic() - start < 10
        if TOO_LARGE in said:
            too_large.append(path.name)
        elif said in FORMATS:
            accepted += 1
            wrong += [] if loads(path) else [(path.name, said)]
        elif loads(path) or not said.startswith(path.name):
            wrong.append((path.name, said))
    assert sorted(too_large) == ["decompression_bomb.gif", "l2rgb_read.bmp"]
    assert wrong == []
    assert accepted == 355


def test_photos_from_phones_are_shown_or_refused_and_hold_no_location(
    corpora: Path, tmp_path: Path
) -> None:
    folder = corpora / "pillow-heif" / "tests" / "images"
    said = {path.name: outcome(path, tmp_path) for path in files(folder)}
    assert len(said) == 22
    refused = {name: text for name, text in said.items() if text not in FORMATS}
    assert list(refused) == ["corrupted.heic"]
    assert refused["corrupted.heic"].startswith("corrupted.heic cannot be shown")


@pytest.mark.parametrize(
    "name", ["heif_special/xiaomi.heic", "heif_other/empty_icc.heic"], ids=["phone", "no profile"]
)
def test_a_heic_with_a_location_loses_it(corpora: Path, tmp_path: Path, name: str) -> None:
    path = corpora / "pillow-heif" / "tests" / "images" / name
    with Image.open(path, formats=["HEIF"]) as original:
        assert original.getexif().get_ifd(0x8825)
    assert outcome(path, tmp_path) == "HEIF"
    for size in ("large.jpg", "small.jpg"):
        with Image.open(tmp_path / size) as picture:
            assert not picture.getexif().get_ifd(0x8825)
        assert b"Exif" not in (tmp_path / size).read_bytes()


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_all_nine_rotations_are_shown_upright(corpora: Path, tmp_path: Path, shape: str) -> None:
    first, *others = _upright(corpora / "exif-orientation", shape, tmp_path)
    assert (first.width > first.height) == (shape == "Landscape")
    differences = []
    for other in others:
        assert other.size == first.size
        differences += ImageStat.Stat(ImageChops.difference(first, other)).mean
    assert len(differences) == 8 * 3
    assert max(differences) <= 5


def _upright(folder: Path, shape: str, target: Path) -> Iterator[Image.Image]:
    for number in range(9):
        large = target / f"{number}.jpg"
        make_sizes(folder / f"{shape}_{number}.jpg", large=large, small=target / "small.jpg")
        with Image.open(large) as picture:
            yield picture.convert("RGB")


def test_the_type_is_told_from_the_bytes(corpora: Path, tmp_path: Path) -> None:
    folder = corpora / "file-type-fixtures" / "fixture"
    said = {path.name: outcome(path, tmp_path).removeprefix(path.name) for path in files(folder)}
    broken = " cannot be shown: it is broken or of a rare kind. Save it as JPEG and use that."
    advice = ", not a picture. Use a JPEG, PNG, WebP or HEIC photo."
    assert said == {
        "fixture-big-endian.tif": "TIFF",
        "fixture-corrupt.png": broken,
        "fixture-json.webp": f" is a file of an unknown type{advice}",
        "fixture-msf1.heic": broken,  # a film strip, of which the decoder shows nothing
        "fixture-office365.xlsx": f" is an Excel workbook{advice}",
        "fixture-printed.pdf": f" is a PDF{advice}",
        "fixture-yuv420-8bit.avif": "AVIF",
        "fixture.gif": "GIF",
        "fixture.jpg": "JPEG",
        "fixture.png": "PNG",
        "fixture.vcf": f" is a file of an unknown type{advice}",
        "fixture.webp": "WEBP",
        "fixture.xlsm": f" is an Excel workbook{advice}",
        "fixture.xlsx": f" is an Excel workbook{advice}",
        "fixture.xml": f" is a file of an unknown type{advice}",
    }


def test_a_wrong_ending_does_not_fool_the_check(corpora: Path) -> None:
    folder = corpora / "file-type-fixtures" / "fixture"
    with (folder / "fixture.jpg").open("rb") as file:
        assert check_picture(file, "rex.pdf") == "JPEG"
    with (
        (folder / "fixture-printed.pdf").open("rb") as file,
        pytest.raises(PictureError, match=r"^rex\.jpg is a PDF, not a picture\."),
    ):
        check_picture(file, "rex.jpg")
