"""What a benchmark measures with: CPU seconds, never the clock on the wall, which other work on the machine moves.

CPU seconds move as well, when the neighbour core is busy; but that only adds, so of several runs the least counts, and
a figure stands beside a baseline of the same run. Linux only: it reads `/proc`.
"""

import math
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def cpu_of(pid: int) -> float:
    """Return the CPU seconds (user and system, all threads) that a process has used since it began."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    user, system = stat.rpartition(")")[2].split()[11:13]  # its name, in brackets, may hold blanks
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def cpu_here() -> float:
    """Return the CPU seconds of this process, all threads."""
    return time.process_time()


def seconds_of(work: Callable[[], object], least: float) -> float:
    """Return the CPU seconds of one go of `work`: the least of three runs of at least `least` seconds each."""
    runs = []
    for _ in range(3):
        times, begun = 0, cpu_here()
        while (used := cpu_here() - begun) < least or not times:
            work()
            times += 1
        runs.append(used / times)
    return min(runs)


def ratio(figure: float, baseline: float) -> str:
    """Return how many times the baseline it is."""
    return f"{figure / baseline:.1f} ×" if baseline > 0 else "–"


def percentile(values: Sequence[int], share: float) -> int:
    """Return the value that this share of the values (0 to 1) does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
