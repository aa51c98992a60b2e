"""A person's first days with real processes: the bot, the stand-in for Telegram, SQLite, HTTP, and a held clock."""

from pathlib import Path

from tests.acceptance.processes import bot, buttons, telegram, texts


async def test_from_the_first_worry_to_the_reminders_of_the_next_day(tmp_path: Path) -> None:
    """Start, a worry typed, the card, a check-in kept; water at 10:00 local, counted by one tap; the exercises."""
    async with telegram("2026-03-01T02:40:00Z", tmp_path / "world.json") as api, bot(api, tmp_path / "steady.db") as us:
        sam = await api.person("Sam")

        greeting = await api.say(sam, "/start")
        assert buttons(greeting[-1]) == ["My toe is twitching", "Something worries me", "Reminders", "Look around"]
        await api.tap(sam, "Something worries me")
        card = await api.say(sam, "my left foot has been getting weaker and I trip over it")
        assert card[0]["text"].startswith("See a doctor about this")
        assert any("weak" in text for text in texts(card))
        await api.tap(sam, "No, thank you")

        await api.say(sam, "/checkin")
        assert "May I keep this?" in (await api.chat(sam))[-1]["text"]
        await api.tap(sam, "Yes, you may")
        for answer in ("The same", "4", "None of these", "A few days"):
            await api.tap(sam, answer)
        noted = await api.tap(sam, "No, thank you")
        assert noted[-1]["text"].startswith("Noted. Today: the same, strength 4.")

        await api.say(sam, "/reminders")
        await api.tap(sam, "Water")
        await api.tap(sam, "No, none of that")
        await api.say(sam, "Berlin")
        confirmed = (await api.chat(sam))[-1]
        assert "03:40" in confirmed["text"]
        await api.tap(sam, "Yes, that is right")
        await api.tap(sam, "Once, at 10:00")
        await api.say(sam, "/reminders")
        await api.tap(sam, "Exercise")
        set_at = await api.say(sam, "half past six in the evening")
        assert "18:30" in set_at[-1]["text"]

        before = len(await api.chat(sam))
        await api.move_to("2026-03-01T08:59:00Z")
        assert len(await api.chat(sam)) == before, "nothing is said in the night"
        await api.move_to("2026-03-01T09:00:00Z")
        reminder = (await api.chat(sam))[-1]
        assert (reminder["at"], reminder["text"]) == ("2026-03-01T09:00:00Z", "Time for a glass of water?")
        counted = await api.tap(sam, "Done")
        assert counted[-1]["text"] == "Noted. That is 1 of about 6 today."
        again = await api.ask("POST", f"/people/{sam}/tap", {"data": "old:done", "message_id": reminder["id"]})
        assert [toast["text"] for toast in again["toasts"]] == ["That button is from earlier. It changes nothing now."]

        await api.move_to("2026-03-01T17:30:00Z")
        exercise = (await api.chat(sam))[-1]
        assert exercise["at"] == "2026-03-01T17:30:00Z"
        assert buttons(exercise) == ["Done", "Later", "Skip", "Stop these"]
        await api.tap(sam, "Done")

        await api.advance("P2D")
        waters = [m["at"] for m in await api.chat(sam) if m["text"].startswith("Time for a glass")]
        assert waters == ["2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z"]
        assert await us.stop() == 0
        assert not [line for line in us.lines if "error" in line.lower()], us.lines


async def test_erase_leaves_nothing_and_begins_anew(tmp_path: Path) -> None:
    """After /erase no reminder comes, and the next word is that of a stranger."""
    async with telegram("2026-03-01T12:00:00Z", tmp_path / "world.json") as api, bot(api, tmp_path / "steady.db"):
        sam = await api.person("Sam")
        await api.say(sam, "/water")
        await api.tap(sam, "I drank a glass")
        await api.tap(sam, "Yes, you may")
        await api.say(sam, "/reminders")
        await api.tap(sam, "Exercise")
        await api.say(sam, "London")
        await api.tap(sam, "Yes, that is right")
        await api.tap(sam, "18:00")
        await api.say(sam, "/erase")
        gone = await api.tap(sam, "Yes, delete it")
        assert gone[-1]["text"].startswith("It is done.")
        before = len(await api.chat(sam))
        await api.advance("P3D")
        assert len(await api.chat(sam)) == before
        await api.say(sam, "/water")
        assert (await api.chat(sam))[-1]["text"].startswith("You have counted 0 glasses")
