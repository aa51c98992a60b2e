"""Every transcript, played against the whole house."""

from pathlib import Path

import pytest

from tests.chat import chatting, the_house
from tests.flows.transcripts import Transcript, all_transcripts, play

TRANSCRIPTS = all_transcripts()


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=[one.place for one in TRANSCRIPTS])
async def test_it_is_said_as_it_is_written(transcript: Transcript, tmp_path: Path) -> None:
    """What the transcript says is what the house says and keeps."""
    async with chatting(tmp_path / "steady.db", transcript.begins) as chat:
        await play(chat, transcript)


def test_every_flow_has_a_transcript() -> None:
    """A flow that nobody has written a talk for is not shown to work."""
    about, flows = {one.raw["flow"] for one in TRANSCRIPTS}, set(the_house().flows.flows)
    assert flows - about == set()
    assert about - flows <= {"none"}, "a transcript is about a flow that is not there"
