"""`python -m bot COMMAND`. What an operator or an author did wrong is one sentence each and exit code 1, no traceback.

Commands import what they need themselves, so that `check` does not wait for a database driver.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import FlowError, OperatorError

ROOT = Path(__file__).resolve().parent.parent
FLOWS, CONTENT = ROOT / "flows", ROOT / "content"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        match given.command:
            case "run":
                return _run()
            case "check":
                return _check(given.flows, given.content)
            case "playground":
                _play(given)
            case "standin":
                _stand_in(given)
            case _:
                return _up(given)
    except FlowError as error:
        print(error, file=sys.stderr)
        return 1
    except OperatorError as error:
        print(f"Steady Toes: {error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        if (error.name or "bot").partition(".")[0] == "bot":
            raise
        told = f"{error.name} is not installed for {sys.executable}: write .venv/bin/python (`make run` makes it)."
        print(f"Steady Toes: {told}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m bot", description="A Telegram companion for people whose toes twitch.")
    _playground_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="without a command: run where there is "
                                     "a TELEGRAM_BOT_TOKEN, else playground")  # fmt: skip
    commands.add_parser("run", help="run the bot on Telegram")
    check = commands.add_parser("check", help="read flows/ and content/, and tell all that is wrong in them")
    check.add_argument("--flows", type=Path, default=FLOWS)
    check.add_argument("--content", type=Path, default=CONTENT)
    playground = commands.add_parser("playground", help="chat with the bot on a page, without Telegram")
    _playground_options(playground)
    standin = commands.add_parser("standin", help="the stand-in for Telegram alone")
    standin.add_argument("--port", type=int, default=8081)
    standin.add_argument("--clock", metavar="ISO", help="where time stands at first; without, it follows the machine's")
    standin.add_argument("--state", type=Path, help="the file of its world, so that a restart goes on")
    return parser


def _playground_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--database", metavar="URL", help="as DATABASE_URL; the playground has its own otherwise")
    parser.add_argument("--clock", metavar="ISO", help="where time stands at first; without, it follows the machine's")
    parser.add_argument("--state", type=Path, help="the file of the stand-in's world; otherwise beside the database")


def _run() -> int:
    from bot.app import run  # noqa: PLC0415  (see the module's law)
    from bot.config import read_settings  # noqa: PLC0415

    return asyncio.run(run(read_settings(), FLOWS, CONTENT))


def _up(given: argparse.Namespace) -> int:
    from bot.config import read_settings  # noqa: PLC0415

    if read_settings().telegram_bot_token is not None:
        return _run()
    _play(given)
    return 0


def _play(given: argparse.Namespace) -> None:
    from bot.playground.playground import play  # noqa: PLC0415

    asyncio.run(play(given.port, given.database, given.clock, given.state))


def _stand_in(given: argparse.Namespace) -> None:
    from bot.playground.clock import moment  # noqa: PLC0415
    from bot.playground.standin import main as stand_in  # noqa: PLC0415

    try:
        clock = moment(given.clock) if given.clock else None
    except ValueError as error:
        raise OperatorError(f"--clock: {error}.") from None
    stand_in(given.port, clock, given.state)


def _check(flows: Path, content: Path) -> int:
    from bot.library.house import load  # noqa: PLC0415

    house = load(flows, content)
    steps = sum(len(flow.steps) for flow in house.flows.flows.values())
    print(f"{len(house.flows.flows)} flows with {steps} steps, in {len(house.languages)} language(s): no fault.")
    return 0
