"""Pictures and documents that the bot sent, in memory: the chat page shows them, the bot may send them again by id."""

from collections import OrderedDict
from dataclasses import dataclass

KEPT = 500


@dataclass(frozen=True, slots=True)
class File:
    """One upload."""

    name: str
    kind: str
    content: bytes


class Files:
    """The newest uploads by their file id."""

    def __init__(self, next_id: int) -> None:
        self.next_id = next_id
        self._files = OrderedDict[str, File]()

    def keep(self, file: File) -> str:
        """Its id, good until many others have come."""
        known = f"file-{self.next_id}"
        self.next_id += 1
        self._files[known] = file
        while len(self._files) > KEPT:
            self._files.popitem(last=False)
        return known

    def find(self, known: str) -> File | None:
        """The upload, if it is still here."""
        return self._files.get(known)
