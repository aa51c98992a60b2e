"""One person's diary, read for an account of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Date, bindparam, func, select

from bot.domain.diary import Day
from bot.session.accounts import Kept
from bot.session.inputs import PersonId
from bot.storage.database import Database
from bot.storage.tables import ABOUT_PEOPLE, checkins, exercises, people, waters

WHO: BindParameter[int] = bindparam("who")
SINCE = bindparam("since", type_=Date)
PERSON = select(people.c.language, people.c.zone).where(people.c.id == WHO)
CHECKINS = select(checkins.c.day, checkins.c.mood, checkins.c.strength, checkins.c.signs).where(
    checkins.c.person == WHO, checkins.c.day >= SINCE
)
WATERS, EXERCISES = (
    select(table.c.day, func.sum(table.c.amount).label("amount"))
    .where(table.c.person == WHO, table.c.day >= SINCE)
    .group_by(table.c.day)
    for table in (waters, exercises)
)


EVERYTHING = {name: select(column.table).where(column == WHO) for name, column in ABOUT_PEOPLE.items()}
"""From the list that erasure works by: what could be forgotten there would be forgotten here."""


class SqlDiary:
    """The `DiaryRows` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everything(self, person: PersonId) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return every row about somebody, by the name of its table; no table where nobody is known by that id."""
        async with self._database.begin() as connection:
            found = {
                name: [dict(row) for row in (await connection.execute(query, {"who": person})).mappings()]
                for name, query in EVERYTHING.items()
            }
        return found if found["people"] else {}

    async def diary(self, person: PersonId, since: date) -> Kept | None:
        """Return what was noted of days from `since` on; None where nobody is known by that id."""
        wanted = {"who": person, "since": since}
        async with self._database.begin() as connection:
            who = (await connection.execute(PERSON, {"who": person})).one_or_none()
            told = {day: rest for day, *rest in await connection.execute(CHECKINS, wanted)}
            glasses, rounds = [
                {row.day: row.amount for row in await connection.execute(sums, wanted)} for sums in (WATERS, EXERCISES)
            ]
        if who is None:
            return None
        days = {}
        for day in sorted({*told, *glasses, *rounds}):
            mood, strength, signs = told.get(day, (None, None, ()))
            # What was taken back again leaves no glass, and no entry.
            drunk, done = glasses.get(day, 0), rounds.get(day, 0)
            if day in told or drunk > 0 or done > 0:
                days[day] = Day(day, mood, strength, len(signs), max(drunk, 0) or None, max(done, 0) or None)
        return Kept(who.language, who.zone, days)
