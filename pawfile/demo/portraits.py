"""Friendly portraits of the demo's pets, drawn: nobody else's photos are in the house."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageColor, ImageDraw

from pawfile.accounts.models import User
from pawfile.demo.dice import Dice
from pawfile.lib.pictures import make_sizes
from pawfile.profiles.models import Pet, Photo, PhotoState

SIDE = 1600
INK = "#2b2320"
Color = str | tuple[int, ...]


class Canvas:
    """A square of 100 by 100 on which round shapes are put by their middle."""

    def __init__(self, coat: str, light: str) -> None:
        self.coat, self.light = coat, light
        self.dark = mixed(coat, INK, 0.35)
        self.image = gradient(mixed(light, "#ffffff", 0.35), mixed(light, coat, 0.45))
        self.draw = ImageDraw.Draw(self.image)

    def oval(self, x: float, y: float, width: float, height: float, color: Color) -> None:
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        self.draw.ellipse([part * SIDE / 100 for part in box], fill=color)

    def pair(self, away: float, y: float, width: float, height: float, color: Color) -> None:
        """The same on the left and on the right of the middle."""
        self.oval(50 - away, y, width, height, color)
        self.oval(50 + away, y, width, height, color)

    def area(self, *corners: tuple[float, float], color: Color, both: bool = False) -> None:
        for mirrored in (False, True) if both else (False,):
            points = [((100 - x if mirrored else x), y) for x, y in corners]
            self.draw.polygon([(x * SIDE / 100, y * SIDE / 100) for x, y in points], fill=color)

    def line(self, *points: tuple[float, float], width: float = 0.8, both: bool = False) -> None:
        for mirrored in (False, True) if both else (False,):
            flat = [((100 - x if mirrored else x) * SIDE / 100, y * SIDE / 100) for x, y in points]
            self.draw.line(flat, fill=INK, width=int(width * SIDE / 100), joint="curve")

    def eyes(self, away: float, y: float, size: float) -> None:
        self.pair(away, y, size, size, INK)
        self.oval(50 - away + size / 6, y - size / 5, size / 3, size / 3, "#ffffff")
        self.oval(50 + away + size / 6, y - size / 5, size / 3, size / 3, "#ffffff")

    def shoulders(self) -> None:
        self.oval(50, 98, 66, 62, self.dark)
        self.oval(50, 102, 40, 54, self.coat)

    def smile(self, y: float, width: float) -> None:
        self.line((50, y - 4), (50, y), (50 - width / 2, y + 2.5), (50 - width, y), both=True)


def mixed(one: str, other: str, share: float) -> Color:
    pairs = zip(ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def gradient(top: Color, bottom: Color) -> Image.Image:
    ramp = Image.linear_gradient("L")
    low, high = (Image.new("RGB", ramp.size, color) for color in (bottom, top))
    return Image.composite(low, high, ramp).resize((SIDE, SIDE))


def dog(c: Canvas) -> None:
    c.shoulders()
    c.pair(24, 48, 18, 40, c.dark)
    c.oval(50, 46, 48, 50, c.coat)
    c.oval(50, 58, 28, 26, c.light)
    c.eyes(10, 42, 6)
    c.oval(50, 53, 10, 7, INK)
    c.smile(62, 8)
    c.oval(50, 69, 7, 8, "#e58a8a")


def cat(c: Canvas) -> None:
    c.shoulders()
    c.area((27, 40), (29, 12), (48, 28), color=c.dark, both=True)
    c.oval(50, 46, 52, 46, c.coat)
    c.oval(50, 57, 24, 16, c.light)
    c.eyes(12, 43, 8)
    c.area((47, 52), (53, 52), (50, 56), color="#c9727a")
    c.smile(60, 6)
    c.line((38, 57), (18, 54), width=0.4, both=True)
    c.line((38, 60), (18, 62), width=0.4, both=True)


def rabbit(c: Canvas) -> None:
    c.shoulders()
    c.pair(22, 58, 15, 44, c.dark)
    c.oval(50, 46, 42, 42, c.coat)
    c.oval(50, 56, 22, 18, c.light)
    c.eyes(13, 43, 6)
    c.oval(50, 52, 5, 4, "#c9727a")
    c.smile(58, 5)


def bird(c: Canvas) -> None:
    c.oval(50, 100, 54, 90, c.dark)
    c.oval(50, 44, 40, 42, c.coat)
    c.area((46, 26), (40, 8), (52, 22), color=c.coat)
    c.area((52, 26), (56, 6), (60, 26), color=c.dark)
    c.pair(13, 42, 15, 17, c.light)
    c.eyes(13, 41, 5)
    c.area((43, 47), (57, 47), (50, 63), color="#d9963a")


def horse(c: Canvas) -> None:
    c.area((30, 100), (36, 50), (64, 50), (74, 100), color=c.dark)
    c.area((34, 30), (33, 10), (46, 24), color=c.coat, both=True)
    c.oval(50, 50, 36, 58, c.coat)
    c.oval(50, 72, 30, 26, c.light)
    c.oval(50, 27, 14, 26, c.light)
    c.eyes(13, 43, 6)
    c.pair(6, 73, 4, 5, INK)


def goat(c: Canvas) -> None:
    c.shoulders()
    c.area((40, 28), (30, 6), (47, 24), color="#8a7a66", both=True)
    c.pair(26, 38, 22, 10, c.dark)
    c.oval(50, 46, 36, 48, c.coat)
    c.oval(50, 62, 22, 22, c.light)
    c.pair(10, 42, 8, 7, "#f0d890")
    c.pair(10, 42, 6, 2, INK)
    c.pair(3, 60, 2, 2, INK)
    c.smile(67, 5)
    c.area((45, 72), (55, 72), (50, 86), color=c.light)


def gecko(c: Canvas) -> None:
    c.oval(50, 100, 40, 70, c.dark)
    c.oval(50, 50, 60, 40, c.coat)
    c.pair(23, 36, 18, 18, c.coat)
    c.pair(23, 36, 13, 13, c.light)
    c.pair(23, 36, 3, 12, INK)
    c.line((50, 62), (26, 56), both=True)
    for x, y in ((40, 42), (55, 38), (62, 47), (47, 50)):
        c.oval(x, y, 4, 3, c.dark)


def fish(c: Canvas) -> None:
    c.area((70, 50), (94, 30), (94, 70), color=c.dark)
    c.area((42, 36), (56, 16), (64, 38), color=c.dark)
    c.oval(46, 50, 60, 38, c.coat)
    c.oval(52, 52, 14, 34, c.light)
    c.oval(26, 46, 9, 9, "#ffffff")
    c.oval(25, 46, 5, 5, INK)
    for x, y, size in ((12, 30, 5), (16, 18, 4), (10, 10, 3)):
        c.oval(x, y, size, size, "#ffffff")


DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    "Dog": dog,
    "Cat": cat,
    "Rabbit": rabbit,
    "Bird": bird,
    "Horse": horse,
    "Farm animal": goat,
    "Reptile": gecko,
    "Fish": fish,
}


def add_portrait(pet: Pet, colors: tuple[str, str], *, by: User, dice: Dice) -> None:
    """Draw the pet and keep the picture as a photo that somebody uploaded and the worker read.

    The file's name repeats with the seed, so that a demo made again writes over its own files.
    """
    canvas = Canvas(*colors)
    DRAWINGS[pet.animal](canvas)
    photo = Photo(
        client=pet.client,
        name=f"{dice.getrandbits(128):032x}",
        state=PhotoState.READY,
        file_name=f"{pet.name.lower().replace(' ', '-')}.png",
        uploaded_by=by,
        uploaded_at=pet.created_at,
    )
    with tempfile.TemporaryDirectory(prefix="pawfile-portrait-") as folder:
        source, large, small = (Path(folder) / name for name in ("drawn.bmp", "large", "small"))
        canvas.image.reduce(2).save(source)  # half the size: edges get smooth
        make_sizes(source, large=large, small=small)
        for size, path in (("large", large), ("small", small)):
            default_storage.delete(photo.path(size))
            default_storage.save(photo.path(size), ContentFile(path.read_bytes()))
    photo.save()
    Pet._base_manager.filter(pk=pet.pk).update(photo=photo)
