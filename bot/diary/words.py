"""The same in words: who sees no picture loses nothing. Counts and ranges; beside a comparison, how sure it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from babel import Locale
from babel.dates import format_interval, format_skeleton

from bot.diary.picture import Labels
from bot.domain.diary import WEEKS, Day, Week
from bot.domain.trend import Doubt, Way, trend
from bot.library.texts import Values
from bot.library.words import Words

GAP = "\n\n"
TREND = {Way.MILDER: "weeks.milder", Way.SAME: "weeks.same", Way.STRONGER: "weeks.stronger"}
MOODS = {"calm": "weeks.calm", "better": "weeks.better", "same": "weeks.same_mood", "worse": "weeks.worse"}


class Telling:
    """Tells a diary in one language."""

    def __init__(self, words: Words, language: str) -> None:
        self._words, self._language = words, words.language(language)
        self._locale = Locale.parse(self._language.replace("-", "_"))

    def nothing(self) -> str:
        """What is said where there is nothing to tell."""
        return self._say("nothing")

    def weeks(self, weeks: Sequence[Week]) -> str:
        """The weeks one by one, the newest first, below how this week compares with the one before."""
        told = (f"{self._say('week', span=self._span(week))}\n{self._week(week)}" for week in reversed(weeks))
        return GAP.join([self._say("head"), self._trend(weeks[-2], weeks[-1]), *told])

    def days(self, weeks: Sequence[Week]) -> str:
        """The days one by one, the newest last, and how many have no entry."""
        days = [day for week in weeks for day in week.days]
        told = "\n".join(f"{self._say('day', day=self._date(day.day, 'MMMEd'))} {self._day(day)}" for day in days)
        gaps = 7 * WEEKS - len(days)
        return GAP.join([self._say("each_head"), told, *([self._say("gaps", days=gaps)] if gaps else [])])

    def labels(self, weeks: Sequence[Week]) -> Labels:
        """The words in the picture."""
        return Labels(
            strength=self._label("strength"),
            water=self._label("water"),
            exercises=self._label("exercises"),
            signs=self._label("signs"),
            gap=self._label("gap"),
            unnumbered=self._label("unnumbered"),
            weeks=[self._date(week.first, "MMMd") for week in weeks],
        )

    def _label(self, name: str) -> str:
        return self._words.label(f"weeks.picture_{name}", self._language)

    def _trend(self, before: Week, now: Week) -> str:
        found = trend(before.levels, now.levels)
        if found is None:
            return self._say("no_trend")
        doubts = {
            None: [],
            Doubt.FEW_DAYS: [self._say("few_days", days=found.days)],
            Doubt.UNEVEN: [self._say("uneven")],
        }
        return " ".join([self._words.render(TREND[found.way], {}, self._language), *doubts[found.doubt]])

    def _week(self, week: Week) -> str:
        if not week.days:
            return self._say("empty")
        return " ".join(
            [
                *self._range("strength", week.levels),
                *([self._say("unnumbered", days=week.unnumbered)] if week.unnumbered else []),
                *self._range("water", week.glasses),
                *([self._say("exercises", days=week.exercised)] if week.exercised else []),
                *([self._say("signs", days=week.signed)] if week.signed else []),
            ]
        )

    def _range(self, name: str, amounts: Sequence[int]) -> Iterator[str]:
        if amounts:
            low, high = min(amounts), max(amounts)
            yield self._say(name if low < high else f"{name}_even", low=low, high=high, days=len(amounts))

    def _day(self, day: Day) -> str:
        parts = [self._words.render(MOODS[day.mood], {}, self._language)] if day.mood in MOODS else []
        if day.strength is not None:
            parts.append(self._say("level", level=day.strength))
        if day.glasses:
            parts.append(self._say("glasses", glasses=day.glasses))
        if day.rounds:
            parts.append(self._say("rounds"))
        if day.signs:
            parts.append(self._say("ticked", signs=day.signs))
        return " ".join(parts)

    def _say(self, name: str, **values: int | str) -> str:
        given: Values = values
        return self._words.render(f"weeks.{name}", given, self._language)

    def _date(self, day: date, skeleton: str) -> str:
        return str(format_skeleton(skeleton, day, locale=self._locale))

    def _span(self, week: Week) -> str:
        return str(format_interval(week.first, week.last, "MMMd", locale=self._locale))


def by_day(weeks: Sequence[Week]) -> Mapping[date, Day]:
    """Return the days of some weeks."""
    return {day.day: day for week in weeks for day in week.days}
