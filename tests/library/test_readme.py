"""flows/README.md is true to what is built: its examples load, and it leaves nothing out."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.engine.names import FlowName
from bot.library.content import ENTRY
from bot.library.schema import Data, FlowFile, Schedule, Start, Step
from tests.library.small_house import COMMON, loaded

README = (Path(__file__).parents[2] / "flows/README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_examples_load(tmp_path: Path) -> None:
    """The flow and the words that the page shows are a house without a fault, together with the small one."""
    flow, words = BLOCKS
    house = loaded(
        tmp_path,
        {
            "flows/daily_checkin.yaml": flow,
            "content/en/daily_checkin.yaml": words,
            "content/en/common.yaml": COMMON.replace("commands:\n", "commands:\n  checkin: Today's check-in\n"),
        },
    )
    assert house.flows.commands["checkin"] == "daily_checkin"
    says = house.words.render("daily_checkin.done", {"water.today": 1}, "en")
    assert says == "Thank you. You counted 1 glass today."
    assert set(house.flows.flows[FlowName("daily_checkin")].data) == {"mood", "strength", "risk"}


@pytest.mark.parametrize("model", [FlowFile, Start, Data, Step, Schedule])
def test_every_key_is_explained(model: type[BaseModel]) -> None:
    """No key of a flow file is missing on the page."""
    keys = [part.alias or name for name, part in model.model_fields.items()]
    assert [key for key in keys if not re.search(rf"(?<![a-z_]){key}(?![a-z_])", README)] == []


def test_every_part_of_an_entry_is_explained() -> None:
    """No key of a content entry is missing on the page."""
    assert [key for key in ENTRY if not re.search(rf"(?<![a-z_]){key}(?![a-z_])", README)] == []
