"""Which pictures Telegram takes as a photo: 10 MB, an image, 10,000 pixels of both sides together, not too narrow.

The limits are those of sendPhoto in the Bot API's documentation; the words are what its server says.
"""

import struct

from bot.playground.refusals import bad_request

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 10_000
MOST_RATIO = 20
PNG = b"\x89PNG\r\n\x1a\n"
OTHERS = (b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
"""How the other kinds of image begin that are taken; of these only the beginning is looked at."""


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, in pixels."""
    if not content.startswith(PNG) or len(content) < 24:
        return None
    width, height = struct.unpack_from(">LL", content, 16)
    return width, height


def check_photo(content: bytes) -> None:
    """Raise `Refused` where Telegram would."""
    if len(content) > MOST_BYTES:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MOST_BYTES} bytes"
        )
    size = dimensions(content)
    if size is None:
        if content.startswith(OTHERS):
            return
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > MOST_PIXELS or not min(size) or max(size) > MOST_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
