"""Gives the account of a diary as it is at this moment. Words and picture are made in a thread: the loop goes on."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import structlog

from bot.diary.export import everything, table
from bot.diary.picture import Labels, draw
from bot.diary.words import Telling, by_day
from bot.domain.diary import WEEKS, Day, last_weeks
from bot.domain.schedule import local_day
from bot.domain.zones import zone_of
from bot.library.words import Words
from bot.session.accounts import DiaryRows, Kept, Kind, Told
from bot.session.inputs import PersonId
from bot.session.ports import Clock

log = structlog.get_logger()

SINCE = timedelta(days=7 * WEEKS + 1)
"""How far back is looked: where they are it may still be yesterday of the date in UTC."""


class DrawnDiary:
    """A `Diarist` that draws. `pen`: what makes the picture."""

    def __init__(
        self,
        rows: DiaryRows,
        words: Words,
        clock: Clock,
        pen: Callable[[Mapping[date, Day], date, Labels], bytes] = draw,
    ) -> None:
        self._rows, self._words, self._clock, self._pen = rows, words, clock, pen

    async def account(self, person: PersonId, kind: Kind) -> Told | None:
        """Return the account as of now; None where nobody is known by that id."""
        now = self._clock.now()
        if kind in ("everything", "table"):
            return await self._export(person, kind)
        kept = await self._rows.diary(person, (now - SINCE).date())
        if kept is None:
            return None
        return await asyncio.to_thread(self._tell, kept, local_day(now, zone_of(kept.zone or "UTC")), kind)

    async def _export(self, person: PersonId, kind: Kind) -> Told | None:
        tables = await self._rows.everything(person)
        if not tables:
            return None
        html = self._words.render(
            "common.everything" if kind == "everything" else "common.table", {}, tables["people"][0]["language"]
        )
        if kind == "everything":
            return Told(html, file=await asyncio.to_thread(everything, tables, self._clock.now()))
        return Told(html, file=await asyncio.to_thread(table, tables))

    def _tell(self, kept: Kept, today: date, kind: Kind) -> Told:
        telling = Telling(self._words, kept.language)
        weeks = last_weeks(kept.days.values(), today)
        if not any(week.days for week in weeks):
            return Told(telling.nothing())
        if kind == "days":
            return Told(telling.days(weeks))
        html = telling.weeks(weeks)
        try:
            return Told(html, self._pen(by_day(weeks), today, telling.labels(weeks)))
        except Exception as error:  # noqa: BLE001  (our bug; the words tell the same)
            log.error("picture_not_drawn", error=type(error).__name__)  # noqa: TRY400  (a trace could hold the diary)
            return Told(html)
