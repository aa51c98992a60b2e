"""Somebody else may be the one who twitches: `my daughter's toe jumps since she had the fever`.

Then her signs count as the writer's own would. What is only told (`my mum has numb feet from her diabetes`), and what
is said beside a complaint of one's own (`my dad has weak legs, my toe twitches`), do not.
"""

from bot.domain.scopes import Heard, within_sentences
from bot.domain.words import Words


def asked_for(text: Words, heard: Heard, other: int, complaint: int) -> int:
    """Return the words of `other` (about somebody else) that are said of somebody whom the writer asks for.

    `complaint`: the words of toes, feet and twitching. All are theirs, and none is the writer's.
    """
    if not complaint & other or complaint & ~other:
        return 0
    return other & ~within_sentences(text, heard.mask("gone_by"))
