"""Photos: refused by name or made into two clean sizes (Rule 35)."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from pawfile.lib import pictures
from pawfile.lib.pictures import PictureError, check_picture, make_sizes

RED, GREEN, WHITE = (255, 0, 0), (0, 128, 0), (255, 255, 255)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


Sizes = Callable[[bytes], tuple[tuple[int, int], Image.Image, Image.Image]]


@pytest.fixture
def sizes(tmp_path: Path) -> Sizes:
    """Runs `make_sizes` on a file's bytes: the size told, the large and the small picture."""

    def run(data: bytes) -> tuple[tuple[int, int], Image.Image, Image.Image]:
        source, large, small = tmp_path / "rex.jpg", tmp_path / "large", tmp_path / "small"
        source.write_bytes(data)
        told = make_sizes(source, large=large, small=small)
        return (
            told,
            Image.open(BytesIO(large.read_bytes())),
            Image.open(BytesIO(small.read_bytes())),
        )

    return run


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(have - want) <= 8 for have, want in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"])
def test_a_picture_is_taken_whatever_its_ending_says(kind: str) -> None:
    file = BytesIO(encoded(Image.new("RGB", (40, 30), RED), kind))
    file.seek(7)
    assert check_picture(file, "rex.txt") == kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "rex.jpg is empty. Choose the photo again."),
        (
            b"%PDF-1.7 ...",
            "rex.jpg is a PDF, not a picture. Use a JPEG, PNG, WebP or HEIC photo.",
        ),
        (b"hello", "rex.jpg is a file of an unknown type, not a picture. Use a JPEG,"),
        (b"<svg onload='alert(1)'/>", "rex.jpg is an SVG drawing, not a picture."),
        (b"\xff\xd8\xff\xe0 nonsense", "rex.jpg cannot be shown: it is broken or of a rare kind."),
        (b"\x89PNG\r\n\x1a\n", "rex.jpg cannot be shown: it is broken or of a rare kind."),
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "rex.jpg cannot be shown: it is broken or of a rare kind.",
        ),
        (encoded(Image.new("L", (90, 90)), "JPEG")[:-2], "rex.jpg is cut off: its end is missing."),
    ],
    ids=["empty", "pdf", "text", "svg", "jpeg", "png", "heic", "cut off"],
)
def test_what_is_no_whole_picture_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(PictureError) as refusal:
        check_picture(BytesIO(data), "rex.jpg")
    assert str(refusal.value).startswith(message)


def test_a_file_over_25_megabytes_is_refused() -> None:
    data = encoded(Image.new("RGB", (40, 30)), "JPEG")
    whole = data + b"\0" * (pictures.MAX_BYTES - len(data))
    assert check_picture(BytesIO(whole), "rex.jpg") == "JPEG"
    with pytest.raises(PictureError, match=r"rex\.jpg is larger than 25 MB"):
        check_picture(BytesIO(whole + b"\0"), "rex.jpg")


@pytest.mark.parametrize("width", [8001, 20_000, 65_000])
def test_more_than_40_megapixels_are_refused_by_the_header(tmp_path: Path, width: int) -> None:
    wide = bytearray(encoded(Image.new("1", (10, 10)), "GIF"))
    wide[6:10] = width.to_bytes(2, "little") + (5000).to_bytes(2, "little")
    with pytest.raises(PictureError, match=r"rex\.gif has more than 40 megapixels"):
        check_picture(BytesIO(wide), "rex.gif")
    (tmp_path / "rex.gif").write_bytes(wide)
    with pytest.raises(PictureError, match=r"rex\.gif has more than 40 megapixels"):
        make_sizes(tmp_path / "rex.gif", large=tmp_path / "large", small=tmp_path / "small")


def test_40_megapixels_are_taken() -> None:
    file = BytesIO(encoded(Image.new("1", (8000, 5000))))
    assert check_picture(file, "rex.png") == "PNG"


def test_a_photo_becomes_a_large_and_a_small_jpeg(sizes: Sizes) -> None:
    told, large, small = sizes(encoded(Image.new("RGB", (3200, 1000), RED)))
    assert told == large.size == (1600, 500)
    assert small.size == (320, 320)
    assert [large.format, small.format] == ["JPEG", "JPEG"]
    assert large.info["progressive"]


def test_a_small_photo_is_not_blown_up_but_has_its_square(sizes: Sizes) -> None:
    told, large, small = sizes(encoded(Image.new("RGB", (90, 60), RED)))
    assert told == large.size == (90, 60)
    assert small.size == (320, 320)


def test_the_small_one_shows_the_middle(sizes: Sizes) -> None:
    wide = Image.new("RGB", (900, 300), RED)
    wide.paste(GREEN, (300, 0, 600, 300))
    _, _, small = sizes(encoded(wide))
    assert near(small.getpixel((4, 160)), GREEN)
    assert near(small.getpixel((315, 160)), GREEN)


def test_a_photo_is_turned_upright(sizes: Sizes) -> None:
    lying = Image.new("RGB", (400, 200), RED)
    lying.paste(GREEN, (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # the top is at the right
    told, large, _ = sizes(encoded(lying, "JPEG", exif=exif))
    assert told == (200, 400)
    assert near(large.getpixel((100, 20)), GREEN)
    assert near(large.getpixel((100, 380)), RED)


def test_nothing_but_the_picture_is_kept(sizes: Sizes, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 36.0, 12.5), 3: "W", 4: (122.0, 19.0, 3.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = encoded(
        Image.new("RGB", (400, 300), RED),
        "JPEG",
        exif=exif,
        xmp=b"<x:xmpmeta>SECRETPLACE</x:xmpmeta>",
        comment=b"SECRETNOTE",
        icc_profile=profile,
        dpi=(72, 72),
    )
    assert Image.open(BytesIO(photo)).getexif().get_ifd(0x8825)
    assert photo.count(b"SECRET") == 3
    for picture in sizes(photo)[1:]:
        assert not picture.getexif()
        assert not picture.getexif().get_ifd(0x8825)
        assert {"exif", "xmp", "comment", "icc_profile", "dpi"}.isdisjoint(picture.info)
    for name in ("large", "small"):
        assert b"SECRET" not in (tmp_path / name).read_bytes()


def test_text_in_a_png_is_not_kept(sizes: Sizes, tmp_path: Path) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SECRETNOTE")
    notes.add_itxt("XML:com.adobe.xmp", "SECRETPLACE")
    sizes(encoded(Image.new("RGB", (40, 30)), "PNG", pnginfo=notes))
    for name in ("large", "small"):
        assert b"SECRET" not in (tmp_path / name).read_bytes()


def test_what_is_transparent_becomes_white(sizes: Sizes) -> None:
    clear = Image.new("RGBA", (60, 60), (255, 0, 0, 0))
    clear.paste((0, 128, 0, 255), (20, 20, 40, 40))
    for picture in (clear, clear.convert("LA"), clear.convert("PA"), clear.quantize()):
        data = encoded(picture, "PNG" if picture.mode != "PA" else "TIFF")
        _, large, _ = sizes(data)
        assert near(large.getpixel((4, 4)), WHITE)
        assert not near(large.getpixel((30, 30)), WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "LAB", "I;16", "I", "F", "LA"])
def test_every_mode_is_shown_light_where_it_is_light(sizes: Sizes, mode: str) -> None:
    ramp = Image.linear_gradient("L")  # black on top, white at the bottom
    if mode == "LAB":
        rgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        picture = ImageCms.profileToProfile(ramp.convert("RGB"), rgb, lab, outputMode="LAB")
        assert picture is not None
    elif mode == "I;16":
        picture = ramp.convert("I").point(lambda grey: grey * 257).convert("I;16")
    else:
        picture = ramp.convert(mode)
    _, large, _ = sizes(encoded(picture, "TIFF"))
    assert large.mode == "RGB"
    assert near(large.getpixel((128, 0)), (0, 0, 0))
    assert near(large.getpixel((128, 255)), WHITE)


def test_colours_are_converted_from_their_profile(sizes: Sizes) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"temp").replace(b"gXYZ", b"rXYZ").replace(b"temp", b"gXYZ")
    assert swapped != profile
    plain = Image.new("RGB", (40, 40), RED)
    _, large, _ = sizes(encoded(plain, "PNG", icc_profile=swapped))
    assert near(large.getpixel((20, 20)), (0, 255, 0))
    _, large, _ = sizes(encoded(plain, "PNG", icc_profile=b"no profile at all"))
    assert near(large.getpixel((20, 20)), RED)


def test_an_animation_gives_its_first_frame(sizes: Sizes) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, GREEN)]
    for kind in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        _, large, _ = sizes(data)
        assert near(large.getpixel((20, 20)), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"])
def test_a_photo_that_cannot_be_decoded_is_refused_and_nothing_is_written(
    tmp_path: Path, kind: str
) -> None:
    source = tmp_path / "rex.picture"
    whole = encoded(Image.effect_noise((300, 300), 50).convert("RGB"), kind)
    source.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PictureError, match=r"rex\.picture cannot be shown"):
        make_sizes(source, large=tmp_path / "large", small=tmp_path / "small")
    assert list(tmp_path.iterdir()) == [source]


def test_only_picture_formats_are_opened(tmp_path: Path) -> None:
    source = tmp_path / "rex.eps"
    source.write_bytes(encoded(Image.new("RGB", (40, 30)), "EPS"))
    with pytest.raises(PictureError, match=r"rex\.eps cannot be shown"):
        make_sizes(source, large=tmp_path / "large", small=tmp_path / "small")
