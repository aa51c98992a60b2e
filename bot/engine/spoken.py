"""How typed words are laid side by side with a button's label: case, punctuation, emoji and spaces do not matter."""

import unicodedata


def plain(text: str) -> str:
    """Return the letters and digits of `text`, lower case, one space between words (`“Done ✓”` → `done`)."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c if c.isalnum() else "" if c in "'’" else " " for c in folded)
    return " ".join(kept.split())
