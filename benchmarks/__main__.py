"""`python -m benchmarks [name …]`: measure, and print the figures as Markdown. README.md says how to read them."""

import argparse
from collections.abc import Callable, Mapping

from benchmarks import ear, growth, state, steps, updates
from bot import logs

BENCHMARKS: Mapping[str, Callable[[], str]] = {
    "updates": updates.report,
    "steps": steps.report,
    "ear": ear.report,
    "state": state.report,
    "growth": growth.report,
}


def main() -> None:
    """Run the benchmarks that are named, all if none is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; all if none is named")
    names: list[str] = parser.parse_args().name
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"there is no {' or '.join(sorted(unknown))}, only {', '.join(BENCHMARKS)}")
    logs.configure("ERROR", "text")
    for name, report in BENCHMARKS.items():
        if name in names or not names:
            print(f"## {name}\n\n{report()}\n", flush=True)


if __name__ == "__main__":
    main()
