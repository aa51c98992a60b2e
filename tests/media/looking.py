"""Whether two pictures look the same."""

from PIL import Image, ImageChops

VISIBLE = 48
"""Steps of 255: softer edges, as another version of a drawing library makes them, stay below."""


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the part of the pixels that differ to the eye; 1 where the sizes do."""
    if one.size != other.size:
        return 1
    steps = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    return sum(steps.histogram()[VISIBLE:]) / (steps.width * steps.height)
