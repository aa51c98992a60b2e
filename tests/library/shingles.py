"""Sentences of others, known again without having them: hashes of every eight words in a row.

`python -m tests.library.shingles FILE… > tests/library/shingles.txt` makes the list from texts that are not kept here.
"""

import re
import sys
from hashlib import blake2b
from pathlib import Path

LENGTH = 8
"""Words in a row that are too many to be chance."""
TABLE = Path(__file__).with_name("shingles.txt")


def shingles(text: str) -> dict[str, str]:
    """Return every eight words in a row, by their hash. Capitals, marks and line ends do not count."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))
    runs = (" ".join(words[n : n + LENGTH]) for n in range(len(words) - LENGTH + 1))
    return {blake2b(run.encode(), digest_size=5).hexdigest(): run for run in runs}


def known() -> set[str]:
    """Return the hashes of the two articles that the library was made from."""
    return set(TABLE.read_text(encoding="ascii").split())


if __name__ == "__main__":
    found = sorted({key for name in sys.argv[1:] for key in shingles(Path(name).read_text(encoding="utf-8"))})
    for start in range(0, len(found), 10):
        sys.stdout.write(" ".join(found[start : start + 10]) + "\n")
