"""The pictures that are committed are those that their script draws."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from bot.library.pictures import picture_fault, read_pictures
from tests.media.looking import difference

MEDIA = Path(__file__).parents[2] / "content/media"


def load_script() -> ModuleType:
    """Return `content/media/draw.py`, which is in no package."""
    spec = importlib.util.spec_from_file_location("draw", MEDIA / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the script has drawn."""
    folder = tmp_path_factory.mktemp("media")
    with pytest.MonkeyPatch.context() as patch:
        script = load_script()
        patch.setattr(script, "HERE", folder)
        script.main()
    return folder


def test_each_has_its_picture(drawn: Path) -> None:
    """No picture lies there that the script does not draw, and it draws none that is not there."""
    assert {path.name for path in drawn.glob("*.png")} == {path.name for path in MEDIA.glob("*.png")}


@pytest.mark.parametrize("name", sorted(path.stem for path in MEDIA.glob("*.png")))
def test_it_is_what_the_script_draws(name: str, drawn: Path) -> None:
    """Drawn again it looks the same: at most one pixel in a thousand differs to the eye."""
    with Image.open(MEDIA / f"{name}.png") as old, Image.open(drawn / f"{name}.png") as new:
        assert difference(old, new) <= 0.001


def test_telegram_takes_them() -> None:
    """Each of them is a photo by Telegram's rules."""
    pictures = read_pictures(MEDIA)
    assert pictures
    assert [why for name in pictures if (why := picture_fault(name, pictures))] == []
