"""What a sprint wants said becomes bodies: words rendered, buttons laid in rows. No messenger's words here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.effects import Close, Effect, Option, Prompt, Repaint, Say, Show, Toast, Withdraw
from bot.library.words import Words
from bot.session.inputs import Press
from bot.session.screens import Account, Acknowledge, Body, Button, Message, Photo, Rebutton, Rewrite, Rows

PICKED = "✓ "
GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Renders for one person: in `language`, in answer to `press` if it was one (on the prompt `nonce`)."""

    words: Words
    language: str
    press: Press | None = None

    def bodies(self, effect: Effect) -> Sequence[Body]:
        """Return what goes out for an effect; nothing for those that only change what is kept."""
        match effect:
            case Say(key, values, picture, also):
                parts = [self.words.render(*text, self.language) for text in ((key, values), *also)]
                return (_shown(picture, GAP.join(parts)),)
            case Show(what):
                return (Account(what),)
            case Prompt(nonce, key, values, options, columns, lead, picture, in_place):
                html = self.words.render(key, values, self.language)
                if in_place:
                    rows = self.rows(nonce, options, columns)
                    return (Rewrite(nonce, html, self.message(nonce), rows=rows),)
                if lead is not None:
                    html = self.words.render(lead, {}, self.language) + GAP + html
                return (_shown(picture, html, self.rows(nonce, options, columns), nonce),)
            case Repaint(nonce, options, columns):
                return (Rebutton(nonce, self.rows(nonce, options, columns), self.message(nonce)),)
            case Close(nonce, key, values, chosen, pictured):
                labels = ", ".join(self.label(option) for option in chosen)
                html = self.words.render(key, values, self.language)
                if labels:
                    html += GAP + self.words.render("common.typed_choice", {"chosen": labels}, self.language)
                return (Rewrite(nonce, html, self.message(nonce), pictured),)
            case Withdraw(nonce):
                return (Rebutton(nonce, (), self.message(nonce)),)
            case Toast(key):
                if self.press is None:
                    return ()
                text = None if key is None else self.words.label(key, self.language)
                return (Acknowledge(self.press.press, text),)
            case _:
                return ()

    def rows(self, nonce: str, options: Sequence[Option], columns: int) -> Rows:
        """Lay buttons in rows of `columns`; what every question shares (back, skip, go on) gets rows of its own."""
        rows: list[tuple[Button, ...]] = []
        row: list[Button] = []
        for option in options:
            button = Button((PICKED if option.picked else "") + self.label(option), f"{nonce}:{option.value}")
            alone = option.value.startswith("~")
            if row and (alone or len(row) == columns):
                rows.append(tuple(row))
                row = []
            row.append(button)
            if alone:
                rows.append(tuple(row))
                row = []
        return (*rows, tuple(row)) if row else tuple(rows)

    def label(self, option: Option) -> str:
        """Return the words of a button."""
        return option.label or self.words.label(option.key, self.language)

    def message(self, nonce: str) -> int | None:
        """Return the id of the prompt's message, where the press that came told it."""
        if self.press is None or self.press.data.partition(":")[0] != nonce:
            return None
        return self.press.message


def _shown(picture: str | None, html: str, rows: Rows = (), nonce: str | None = None) -> Message | Photo:
    return Message(html, rows, nonce) if picture is None else Photo(picture, html, rows, nonce)
