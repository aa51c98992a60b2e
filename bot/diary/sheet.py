"""Paper and pen: a few plain shapes and words, in pixels of the picture as it will be. Pillow is used here only.

Light paper, dark ink, no red. Everything is drawn larger and then made smaller, because Pillow's own edges are rough.
"""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

PAPER, GAP, GRID, INK = "#fbf8f1", "#ddd3bd", "#d5ccb8", "#24382c"
WIDTH = 1080
"""Pixels. A phone shows it at less than a third of that, so no words are smaller than `SMALL`."""
SMALL = 38
SHARP = 2
HATCH = 12
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Sheet:
    """A sheet of paper, `WIDTH` wide."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("RGB", (WIDTH * SHARP, height * SHARP), PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        """The picture as it is sent."""
        size = self._image.width // SHARP, self._image.height // SHARP
        kept = BytesIO()
        self._image.resize(size, Image.Resampling.LANCZOS).save(kept, "PNG")
        return kept.getvalue()

    def line(self, begin: Point, end: Point, color: str, width: float) -> None:
        """Draw a line."""
        self._pen.line([tuple(side * SHARP for side in at) for at in (begin, end)], color, round(width * SHARP))

    def disc(self, at: Point, radius: float, color: str, *, hollow: bool = False) -> None:
        """Draw a disc, or a ring."""
        (x, y), inner = at, PAPER if hollow else color
        box = (x - radius, y - radius, x + radius, y + radius)
        self._pen.ellipse([side * SHARP for side in box], inner, color, 4 * SHARP)

    def diamond(self, at: Point, radius: float, color: str) -> None:
        """Draw a diamond."""
        x, y = at
        corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        self._pen.polygon([(a * SHARP, b * SHARP) for a, b in corners], color)

    def bar(self, box: Box, color: str) -> None:
        """Draw a bar with a round top."""
        corners = (True, True, False, False)
        self._pen.rounded_rectangle([side * SHARP for side in box], 6 * SHARP, color, corners=corners)

    def words(self, at: Point, text: str, size: int = SMALL, anchor: str = "ls") -> None:
        """Write; `at` is the left end of the base line, or what else Pillow's `anchor` says."""
        font = ImageFont.load_default(size * SHARP)
        self._pen.text((at[0] * SHARP, at[1] * SHARP), text, INK, font, anchor)

    def hatch(self, box: Box) -> None:
        """Hatch what is not known. Hatchings side by side join without a seam."""
        left, top, right, bottom = (round(side * SHARP) for side in box)
        tile = Image.new("RGB", (right - left, bottom - top), PAPER)
        pen, step = ImageDraw.Draw(tile), HATCH * SHARP
        first = -tile.height - (left + tile.height) % step
        for start in range(first, tile.width, step):
            pen.line([(start, tile.height), (start + tile.height, 0)], GAP, 3 * SHARP)
        self._image.paste(tile, (left, top))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts: Sequence[float] = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
