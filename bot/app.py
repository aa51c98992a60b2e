"""The one place that constructs: settings in, a running bot out. Everything below gets plain constructor arguments."""

import asyncio
import base64
import logging
import os
import secrets  # noqa: TID251  (this is the place)
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import structlog

from bot import logs
from bot.clock import HeldClock, RealClock, Rest
from bot.config import SQLITE, Settings
from bot.diary.diarist import DrawnDiary
from bot.domain.zones import use_pinned_data
from bot.errors import OperatorError
from bot.library.house import House as Library
from bot.library.house import load
from bot.library.words import FALLBACK
from bot.reminders.dispatcher import Dispatcher
from bot.session.handle import Session
from bot.session.house import furnish
from bot.session.inputs import Incoming, PersonId, ZonesChanged
from bot.storage.open import Storage, open_storage
from bot.tasks import Tasks
from bot.telegram.album import Album
from bot.telegram.client import Api, Face, Redact, open_api
from bot.telegram.delivery import Delivery
from bot.telegram.groups import Groups
from bot.telegram.pace import Pace, Rate
from bot.telegram.poller import Poller
from bot.telegram.sender import Sender
from bot.telegram.troubles import TROUBLES

log = structlog.get_logger()

THROWN_AWAY = (
    "DYNO",
    "K_SERVICE",
    "RENDER",
    "RAILWAY_ENVIRONMENT",
    "FLY_APP_NAME",
    "VERCEL",
    "AWS_LAMBDA_FUNCTION_NAME",
)
"""What platforms set whose disks are thrown away with each deploy or restart, unless a volume is mounted."""
ZONE_DATA = "tzdata"
RETIMED_AT_ONCE = 100
AT_ONCE = Pace(overall=Rate(each=1e-6, burst=1000), chat=Rate(each=1e-6, burst=1000))
"""Where the clock is held there is no Telegram whose rhythm must be kept, and nobody wants to wait in real time."""
LAST_WORDS_S = 5.0
"""How long, in real seconds, what is on its way to Telegram may take when we are told to stop."""


async def run(settings: Settings, flows: Path, content: Path) -> int:
    """Run the bot until SIGINT or SIGTERM. Raises `OperatorError` and `FlowError` for what others can mend."""
    logs.configure(settings.log_level, settings.log_format)
    token = settings.telegram_bot_token
    if token is None:
        raise OperatorError(
            "TELEGRAM_BOT_TOKEN is not set: put the token from BotFather into .env, or try `python -m bot playground`."
        )
    for handler in logging.getLogger().handlers:
        handler.addFilter(Redact(token))
    refuse_a_disk_that_is_thrown_away(settings, os.environ)
    use_pinned_data()
    library = load(flows, content)
    async with AsyncExitStack() as stack:
        clock = await stack.enter_async_context(_clock(settings))
        storage = await stack.enter_async_context(open_storage(settings.database_url, key=_key))
        api = await stack.enter_async_context(open_api(token, settings.telegram_api_url))
        try:
            await _live(library, clock, storage, api)
        except BaseExceptionGroup as group:
            raise _single(group) from None
    return 0


def refuse_a_disk_that_is_thrown_away(settings: Settings, environment: Mapping[str, str]) -> None:
    """Raise `OperatorError` where SQLite would lose everybody's diary at the next deploy."""
    platform = next((name for name in THROWN_AWAY if environment.get(name)), None)
    if platform is not None and settings.database_url.startswith(SQLITE) and not settings.database_on_volume:
        raise OperatorError(
            f"This machine's disk is thrown away at each restart ({platform} is set), and the diary with it: put "
            "DATABASE_URL on a mounted volume and set DATABASE_ON_VOLUME=true."
        )


async def _live(library: Library, clock: RealClock | HeldClock, storage: Storage, api: Api) -> None:
    house = furnish(library)
    rest = Rest(clock) if isinstance(clock, HeldClock) else None
    look: Callable[[], None] = rest.look if rest is not None else _nobody_asks

    def committed(due: datetime | None) -> None:
        sender.wake()
        dispatcher.wake(due)

    session = Session(house, storage.store, clock, _seed, committed)
    diarist = DrawnDiary(storage.diary, house.words, clock)
    delivery = Delivery(api, Album(library.pictures, storage.pictures), diarist)
    pace = Pace() if rest is None else AT_ONCE
    sender = Sender(delivery, storage.outbox, clock, session, pace=pace, on_rest=look)
    dispatcher = Dispatcher(storage.due, session, clock, look)
    await _retime(storage, session)
    me = await api.greet()
    groups = Groups(api, house.words.label("common.group", house.language(None)), look)
    poller = Poller(api, session, groups, username=me.username, on_rest=look)
    stopped = _told_to_stop()

    def next_due() -> datetime | None:
        return min((at for at in (dispatcher.next_due, sender.next_due()) if at is not None), default=None)

    async with Tasks() as tasks:
        sending = tasks.start(sender.run(), name="sender")
        others = [
            tasks.start(poller.run(), name="poller"),
            tasks.start(dispatcher.run(), name="dispatcher"),
            tasks.start(groups.run(), name="groups"),
            tasks.start(_show_face(api, library), name="face"),
        ]
        if rest is not None:
            parts = (poller, sender, dispatcher, groups)
            told = rest.watch(parts, lambda: (poller.handled, dispatcher.generation, next_due()))
            others.append(tasks.start(told, name="rest"))
        log.info("started", bot=me.username, languages=list(house.words.languages))
        await stopped.wait()
        for task in others:
            task.cancel()
        sender.stop()
        await asyncio.wait([sending], timeout=LAST_WORDS_S)
        sending.cancel()
    log.info("stopped")


def _nobody_asks() -> None:
    """With the real clock nobody wants to know when the bot rests."""


async def _show_face(api: Api, library: Library) -> None:
    """Set the menu and descriptions by language; the English ones are also what everybody else sees."""
    faces = {
        "" if tag == FALLBACK else tag: Face(
            commands, library.words.label("common.description", tag), library.words.label("common.about", tag)
        )
        for tag, commands in library.menu.items()
    }
    try:
        await api.set_faces(faces)
    except TROUBLES as trouble:
        log.warning("menu_not_set", reason=str(trouble))


def _single(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return what an operator can mend, if that is among what went wrong; else the first."""
    operators, _ = group.split(OperatorError)
    found: BaseException = operators or group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found


def _told_to_stop() -> asyncio.Event:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


@asynccontextmanager
async def _clock(settings: Settings) -> AsyncIterator[RealClock | HeldClock]:
    if settings.test_clock_url is None:
        yield RealClock()
        return
    async with HeldClock(settings.test_clock_url, boot=_seed()) as clock:
        yield clock


def _seed() -> str:
    """Return 48 fresh random bits as 8 characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(6)).decode()


def _key() -> bytes:
    """Return the key of the hashes of the erased; asked for once in a database's life."""
    return secrets.token_bytes(32)


async def _retime(storage: Storage, session: Session) -> None:
    """Work out everybody's reminders anew when the time zone data is another than last time."""
    data = version("tzdata")
    if await storage.meta.get(ZONE_DATA) == data:
        return
    after: PersonId | None = None
    while found := await storage.due.zoned(after, RETIMED_AT_ONCE):
        await session.handle([Incoming(person, ZonesChanged()) for person in found])
        after = found[-1]
    await storage.meta.put(ZONE_DATA, data)
