"""The pictures of `content/media`: PNG files that Telegram takes, each named by its file. Read once, at start.

Telegram's rules for a photo: 10 MB, width and height together at most 10,000 pixels, no side 20 times the other (Bot
API, sendPhoto).
"""

import hashlib
import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Fault

FOLDER = "content/media"
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 10_000
MOST_RATIO = 20
_BEGINS = b"\x89PNG\r\n\x1a\n"
_SIZE = struct.Struct(">4xLL")
_HEAD = len(_BEGINS) + 4 + _SIZE.size


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. `digest`: SHA-256 of its content, in hex, by which it is known to have been uploaded."""

    name: str
    content: bytes
    digest: str

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels; None where it is no PNG."""
        if not self.content.startswith(_BEGINS) or len(self.content) < _HEAD:
            return None
        width, height = _SIZE.unpack_from(self.content, len(_BEGINS) + 4)
        return width, height


def picture(name: str, content: bytes) -> Picture:
    """Return a picture of this content."""
    return Picture(name, content, hashlib.sha256(content).hexdigest())


def read_pictures(folder: Path) -> dict[str, Picture]:
    """Return every picture of the folder by its name. What cannot be read is not there."""
    found: dict[str, Picture] = {}
    for path in sorted(folder.glob("*.png")):
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError:
            continue
        found[path.stem] = picture(path.stem, content)
    return found


def picture_fault(name: str, pictures: Mapping[str, Picture]) -> str | None:
    """Return why the picture of this name cannot be sent."""
    file = f"{FOLDER}/{name}.png"
    if name not in pictures:
        return f"there is no {file}; draw it, or name one of {', '.join(pictures) or 'none'}"
    shown = pictures[name]
    if len(shown.content) > MOST_BYTES:
        return f"{file} is larger than {MOST_BYTES // 1024**2} MB, which Telegram does not take; make it smaller"
    if shown.size is None:
        return f"{file} is no PNG picture; save it as one"
    width, height = shown.size
    if width + height > MOST_PIXELS or not min(width, height) or max(width, height) > MOST_RATIO * min(width, height):
        return (
            f"{file} has {width} x {height} pixels; Telegram takes {MOST_PIXELS} of both together, and no side "
            f"{MOST_RATIO} times the other"
        )
    return None


def idle_pictures(pictures: Collection[str], shown: Collection[str]) -> Iterator[Fault]:
    """Find pictures that no flow shows."""
    for name in sorted(set(pictures) - set(shown)):
        yield Fault(f"{FOLDER}/{name}.png", 1, "is shown by nobody; delete it, or show it in a flow with picture:")
