"""Photos people upload: checked quickly in the request, made into two clean sizes by the worker."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pi_heif  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from pawfile.lib.filetypes import described, is_cut_off, kind_of_bytes

MAX_BYTES = 25_000_000
MAX_PIXELS = 40_000_000
LARGE = (1600, 1600)
"""The large size fits in this, in pixels."""
SMALL = (320, 320)
"""The small size is exactly this, in pixels, cut out of the middle."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF")
_QUALITY = 85
_SHRINKABLE = ("L", "LA", "RGB", "RGBA", "CMYK")

pi_heif.register_heif_opener()


class PictureError(ValueError):
    """Why a file is not taken as a picture; the text names the file and what would be right."""


def check_picture(file: BinaryIO, name: str) -> str:
    """The format of the picture in `file`, one of FORMATS, told from its bytes (Rule 35).

    Reads the file and its headers but decodes no pixels, so it is quick enough for a request;
    `file` stands at its start again afterwards. Raises PictureError, which names the file as
    `name`, if it is no picture, over MAX_BYTES or MAX_PIXELS, broken, or cut off.
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if not data:
        raise PictureError(_("%s is empty. Choose the photo again.") % name)
    if len(data) > MAX_BYTES:
        raise PictureError(_("%s is larger than 25 MB. Use a smaller photo.") % name)
    kind = kind_of_bytes(data)
    if kind not in FORMATS:
        message = _("%(name)s is %(kind)s, not a picture. Use a JPEG, PNG, WebP or HEIC photo.")
        raise PictureError(message % {"name": name, "kind": described(kind)})
    with _open(BytesIO(data), name):
        pass
    if is_cut_off(data, kind):
        raise PictureError(_("%s is cut off: its end is missing. Upload it again.") % name)
    return kind


def make_sizes(source: Path, *, large: Path, small: Path) -> tuple[int, int]:
    """Write the photo `source` as two JPEG files; the width and height of the large one.

    Both are upright, sRGB on white, of the first frame, without any metadata. A photo smaller
    than LARGE is not blown up. Takes seconds: for the worker. Raises PictureError, and writes
    nothing, if `source` cannot be decoded.
    """
    try:
        with source.open("rb") as file, _open(file, source.name) as image:
            image.draft(None, LARGE)
            if image.mode in _SHRINKABLE and "transparency" not in image.info:
                image.thumbnail(LARGE)  # before all else: 40 megapixels are slow and heavy
            picture = _on_white_in_srgb(ImageOps.exif_transpose(image))
        thumb = _as_jpeg(ImageOps.fit(picture, SMALL))
        picture.thumbnail(LARGE)
        photo = _as_jpeg(picture)
    except PictureError:
        raise
    except Exception as error:
        # Decoders meet broken files with exceptions of a dozen kinds.
        raise _broken(source.name) from error
    large.write_bytes(photo)
    small.write_bytes(thumb)
    return picture.size


def _broken(name: str) -> PictureError:
    message = _("%s cannot be shown: it is broken or of a rare kind. Save it as JPEG and use that.")
    return PictureError(message % name)


def _open(file: BinaryIO, name: str) -> Image.Image:
    """The picture in `file` with its header read, no more; PictureError if that is too much."""
    too_many = PictureError(
        _("%s has more than 40 megapixels. Use a smaller size of the photo.") % name
    )
    try:
        image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many from None
    except Exception as error:
        raise _broken(name) from error
    if image.width * image.height > MAX_PIXELS:
        raise too_many
    return image


def _on_white_in_srgb(image: Image.Image) -> Image.Image:
    """`image`, of any mode, as RGB on a white ground with its colours converted to sRGB."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _grey_levels(image).convert("RGB")
    if image.mode in ("PA", "LA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        return _in_srgb(Image.alpha_composite(ground, image).convert("RGB"), image)
    if image.mode in ("L", "CMYK", "LAB"):
        return _in_srgb(image, image)
    return _in_srgb(image.convert("RGB"), image)


def _in_srgb(image: Image.Image, original: Image.Image) -> Image.Image:
    """`image` as RGB by the colour profile of `original`, or plainly if that one is no use."""
    profile: bytes | None = original.info.get("icc_profile")
    try:
        if image.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif profile:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
        else:
            return image.convert("RGB")
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB")
    return converted or image


def _grey_levels(image: Image.Image) -> Image.Image:
    """A picture of 16-bit, 32-bit or decimal grey as 8-bit grey, from its darkest to lightest."""
    numbers = image.convert("F")
    low, high = cast("tuple[float, float]", numbers.getextrema())
    return numbers.point(lambda grey: (grey - low) * (255 / ((high - low) or 1))).convert("L")


def _as_jpeg(picture: Image.Image) -> bytes:
    """JPEG bytes of an RGB picture; pasted into a fresh one, which has no metadata to write."""
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    file = BytesIO()
    fresh.save(file, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return file.getvalue()
