"""Everything the house says, ready: a key, values and a language in, HTML or a label out, in microseconds.

Loading has seen to it that no key is missing in any language; if one is, that is a bug and a `KeyError`.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.library.content import Content
from bot.library.limits import visible
from bot.library.texts import Text, Values

FALLBACK = "en"


class Words:
    """The words of all languages."""

    def __init__(self, contents: Sequence[Content]) -> None:
        self.languages = tuple(content.language for content in contents)
        self._rendered = {content.language: _rendered(content) for content in contents}
        self._labels = {content.language: _labels(content) for content in contents}

    def language(self, tag: str) -> str:
        """Return the language of the house for an IETF tag (`de-AT` is `de`); English where there is none."""
        if tag in self._rendered:
            return tag
        base = tag.replace("_", "-").partition("-")[0].lower()
        return base if base in self._rendered else FALLBACK

    def render(self, key: str, values: Values, language: str) -> str:
        """Return the words at `key` as HTML, `values` escaped in their places."""
        said = self._rendered[self.language(language)][key]
        return said if isinstance(said, str) else "".join([part(values) for part in said])

    def label(self, key: str, language: str) -> str:
        """Return the words at `key` as plain text: a button's, a toast's, or a text's that has no places."""
        return self._labels[self.language(language)][key]


def _rendered(content: Content) -> dict[str, str | tuple[Text, ...]]:
    result: dict[str, str | tuple[Text, ...]] = {
        key: html.escape(label.text, quote=False) for key, label in content.labels.items()
    }
    for key in content.texts:
        result[key] = _whole(content, key)
    return result


def _whole(content: Content, key: str) -> str | tuple[Text, ...]:
    *titles, text = content.whole(key)
    parts = (*map(_bold, titles), text)
    return parts if any(part.names for part in parts) else "".join(part({}) for part in parts)


def _bold(title: Text) -> Text:
    forms = {name: replace(form, format=f"<b>{form.format}</b>\n\n") for name, form in title.forms.items()}
    return replace(title, forms=forms)


def _labels(content: Content) -> Mapping[str, str]:
    labels = {key: label.text for key, label in content.labels.items()}
    for key in content.texts:
        said = _whole(content, key)
        if isinstance(said, str):
            labels[key] = visible(said)
    return labels
