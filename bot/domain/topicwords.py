"""The small words of English that finding a topic needs: they name no topic themselves."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPELLINGS = {
    "cannot": "can not",
    "cant": "can not",
    "dont": "do not",
    "doesnt": "does not",
    "isnt": "is not",
    "wont": "will not",
    "didnt": "did not",
    "whats": "what is",
    "hows": "how is",
    "wheres": "where is",
    "whos": "who is",
    "im": "i am",
    "ive": "i have",
    "its": "it is",
    "thats": "that is",
    "u": "you",
    "ur": "your",
    "pls": "please",
    "plz": "please",
    "y": "why",
    "wat": "what",
    "wot": "what",
    "abt": "about",
    "docs": "doctors",
    "doc": "doctor",
    "gonna": "going to",
    "wanna": "want to",
}
"""Words that are read as others."""

EMPTY = _words(
    """
    a about actually again ah also although an and any anyway as at be been being bit but by dear for from get gets
    getting go goes going got had has have he hello her hey hi him his i if in into it just kind like lot lots many may
    me might mine my myself now of oh ok okay on one ones or our ours please quite rather really she so some someone
    somebody something sort still such than thank thanks that the their them then there these they thing things this
    those to too um up us very want wanted was we well were while with yes you your yours tell know think thought wonder
    wondering guess say says said give gave explain info information read show ask question asking hear heard else ever
    maybe perhaps does did do is are am can could will would should not no never out off over
    """
)
"""They say nothing about what is meant: a message may hold any number of them."""

SMALL = _words(
    """
    what why how when where which who whose long much often soon good bad make makes made making cause causes caused
    causing help helps helped take taking toe toes foot feet twitch twitches twitching twitchy twitched happen happens
    happening because due use using mean means last lasts need needs body possible symptom symptoms sign signs
    """
)
"""They decide among phrases that are alike otherwise, and are enough only where nothing else is said. Twitching toes
are what everybody comes with."""

ASKING = _words("what why how when where which who whose whom")
"""Words that ask where a clause begins with them."""
ASKING_ANYWHERE = _words("wonder wondering whether explain")
ASKING_FIRST = _words(
    """
    is are am was were can could do does did will would should shall may might must has have isnt arent cant dont
    doesnt tell any about info information more
    """
)
"""Words that ask where a clause begins with them and goes on."""
LEADING = _words(
    """
    and but so or also then now ok okay hi hello hey well um uh hm hmm please sorry thanks oh ah yes no just quick
    question doctor bot because
    """
)
"""A clause may begin with them before it asks."""

DENYING = _words("not no never without none neither nor")

ORDINARY = _words(
    """
    message messages shows heart hearts heard hearing there their these those where would should could might right
    night light great again being thing think thank house horse stuff sense times still
    """
)
"""Right words that lie near one that an article is asked by: they are no slips."""
