"""The small words of English that finding a topic needs: they name no topic themselves."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPELLINGS = {
    "can't": "can not",
    "won't": "will not",
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
    a about actually again ah also although always an and any anyway anything as at be been being bit but by dear
    even ever everything exactly find for from get gets getting gives go goes going got had has have he hello her
    hey hi him his i if in into it just kind knew know like lot lots many may me might mine must my myself now of
    off oh ok okay on one ones or our ours out over perhaps please quite rather really she should so some somehow
    someone somebody something sort still such than thank thanks that the their them then there these they thing
    things this those though to too um up us usually against during idea ideas very want wanted was we well were
    while with would yes you your yours think thought wonder wondering guess give explain info information read show
    question hear heard else maybe does did do doing done is are am can could will not no today through thru
    """
)
"""They say nothing about what is meant: a message may hold any number of them."""

SMALL = _words(
    """
    what why how when where which who whose whom long much often soon good bad make makes made making cause causes
    caused causing help helps helped take taking toe toes foot feet twitch twitches twitching twitchy twitched
    happen happens happening because due use using mean means last lasts need needs body possible symptom symptoms
    sign signs ask tell time times night day days home only nothing little all same stop stops stopped work works
    never funny right come comes coming came old great better worse say says said
    """
)
"""They decide among phrases that are alike otherwise, and a phrase of nothing else needs all of its own. Twitching
toes are what everybody here comes with."""

ASKING = _words("what why how when where which who whose whom")
"""Words that ask where a clause begins with them."""
ASKING_ANYWHERE = _words("wonder wondering whether explain")
ASKING_FIRST = _words(
    """
    is are am could can do does will would should shall isnt arent dont doesnt tell any info information more show
    """
)
"""Words that ask where a clause begins with them and goes on."""
ASKING_BEFORE = _words("did have had has may might must was were")
SUBJECTS = _words("i you we he she it they this that these those there anyone somebody someone")
"""`did i …` asks, and `did my exercises` tells."""
ADDRESSING = _words("you your u ur")
"""They speak to the bot: «why do you ask»."""
LEADING = _words(
    """
    and but so or also then now ok okay hi hello hey well um uh hm hmm please sorry thanks oh ah quick question
    doctor bot because at for in to from on by with until
    """
)
"""A clause may begin with them before it asks."""

COMMON = _words(
    """
    call called calling change doctor feel feeling healthy hour hours keep keeps leg legs look looking matter
    matters minute minutes moment morning move moved moves moving part parts people person point put run see seen
    sit sitting stand standing start started starts talk thirty turn type walk walking watch week weeks write year
    years
    """
)
"""Few articles name them, and everybody says them all the time: how few is no measure."""

ELSEWHERE = _words("remind reminder reminders drank drunk delete erase undo button language alarm")
"""Who says one of these wants or tells something else, and asks for no article."""

DENYING = _words("not no never without none neither nor")

ABLE = _words("can could will would")
"""`can not sleep` complains, and denies nothing."""
TOO_LITTLE = _words("much many enough")
"""`not enough water` complains too."""

ORDINARY = _words(
    """
    alter awaken aware bands battle beach bench bends blond bolts books booth boost bots breach breath broke camp
    click clock clocks cold compares conclusion condition conditions confusion connection constant cooking counted
    cover crap creek crosses dancer different drank drifting drunk earl eighty electric expect expects experiment
    export faces facing failing feeding fewer fight filling flag flags flaws flight forth gently glass glosses grant
    gross great happened head healing heard hearing heart hearts heavens hiding horse horses hotel house ingestion
    injection inspection intention involve involved involves join joins knee laying literal look loops manage
    manager master matter matters mental message messages minute minutes missing moses moved movies needle night
    operating operation operator paint pants paris party pink pint point points position positive present prepared
    prepares problem problems pulls raised reckless relation relay repairs right rise rises sales scarf seat seen
    setting several severe shall shared sharing sheep sheets shores short shorts should shows sense sleeve smart
    smell smoothing sniff sorts spared speakers spending spot spots staff stall stamping stands star stars starting
    starts stat steep stick stock stories story strand stranger strength string stroke strongly stuck stuff suck
    sweep sweet swept system systems tables tapped tents texts thank theme there their these thick thing think
    thirty those threw through tick tied tiled timed times tires topic tower track tree tried truck union vegas
    vehicle violet visibly waiter waking walks walter warnings week weeks where whine white would worlds worms being
    export
    """
)
"""Right words that lie near one that an article is asked by: they are no slips."""
