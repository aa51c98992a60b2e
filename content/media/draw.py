"""Draws the three exercises: `python content/media/draw.py` writes one picture each beside this file.

No words stand in a picture, so one serves all languages; its text twin is in `content/<language>/exercise.yaml`. Each
shows the start, the hold, how long (seconds) and how often. Lengths are in feet: 1 is a heel's width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, degrees, pi, radians, sin
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Arc, Circle, Ellipse, FancyArrowPatch, FancyBboxPatch, Polygon

HERE = Path(__file__).parent
PAPER, FLOOR, LINE, SKIN, FAR, HINT = "#fbf8f1", "#d9cfba", "#2f4a3a", "#ecd2b4", "#d3b08a", "#b5532f"
SIZE = (9.6, 5.4)
Point = tuple[float, float]


@dataclass(frozen=True)
class Pose:
    """A foot from its inner side. Angles in degrees: `heel` up from the floor, the toes down from straight."""

    heel: float = 0
    big: float = 0
    others: float = 0
    floor: bool = True


@dataclass(frozen=True)
class Exercise:
    """A picture: the start and the hold, and where the arrow of the movement goes (in the hold's coordinates)."""

    name: str
    start: Pose
    hold: Pose
    arrows: tuple[tuple[Point, Point, float], ...]


EXERCISES = (
    Exercise("rise", Pose(), Pose(heel=38), (((-0.35, 0.25), (0.05, 2.1), -0.3),)),
    Exercise(
        "big_toe",
        Pose(floor=False),
        Pose(big=-22, others=58, floor=False),
        (((5.55, 0.35), (5.75, 1.35), 0.3), ((5.0, -0.15), (4.45, -1.0), -0.35)),
    ),
    Exercise("curl", Pose(floor=False), Pose(big=66, others=66, floor=False), (((5.7, 0.35), (4.75, -1.15), -0.5),)),
)


def turned(point: Point, about: Point, angle: float) -> Point:
    """Return `point` turned counter-clockwise about another (degrees)."""
    x, y, a = point[0] - about[0], point[1] - about[1], radians(angle)
    return about[0] + x * cos(a) - y * sin(a), about[1] + x * sin(a) + y * cos(a)


def around(circles: Sequence[tuple[Point, float]]) -> list[Point]:
    """Return the outline of a skin drawn tight around circles (their convex hull)."""
    points = sorted(
        (x + r * cos(a), y + r * sin(a)) for (x, y), r in circles for a in (2 * pi * step / 72 for step in range(72))
    )

    def half(ordered: Sequence[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in ordered:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return half(points) + half(points[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def skin(axes: Axes, circles: Sequence[tuple[Point, float]], color: str = SKIN, order: float = 2) -> None:
    """Draw a limb."""
    axes.add_patch(Polygon(around(circles), closed=True, fc=color, ec=LINE, lw=2.2, joinstyle="round", zorder=order))


def joined(axes: Axes, at: Point, radius: float, color: str, order: float) -> None:
    """Take away the lines where two limbs meet."""
    axes.add_patch(Circle(at, radius, fc=color, ec="none", zorder=order))


def toe(axes: Axes, knuckle: Point, angle: float, length: float, *, far: bool) -> None:
    """Draw a toe of two bones, bent down by `angle` at its first joint and again at its second."""
    thick = 0.27 if far else 0.34
    bend = radians(-angle * 0.8)
    middle = knuckle[0] + length * 0.55 * cos(bend), knuckle[1] + length * 0.55 * sin(bend)
    bend = radians(-angle * (1.6 if angle > 0 else 1.0))
    tip = middle[0] + length * 0.5 * cos(bend), middle[1] + length * 0.5 * sin(bend)
    color, order = (FAR, 1.0) if far else (SKIN, 4.0)
    skin(axes, [(middle, thick * 0.92), (tip, thick * 0.85)], color, order)
    skin(axes, [(knuckle, thick), (middle, thick * 0.92)], color, order)
    joined(axes, middle, thick * 0.92 - 0.04, color, order + 0.1)
    joined(axes, knuckle, thick - 0.03, color, order + 0.1)
    if not far:
        nail = turned((tip[0] + 0.1, tip[1] + 0.2), tip, degrees(bend))
        flat = degrees(bend)
        axes.add_patch(Ellipse(nail, 0.34, 0.14, angle=flat, fc=PAPER, ec=LINE, lw=1.2, zorder=order + 0.3))


def foot(axes: Axes, pose: Pose) -> None:
    """Draw a foot and the shin above it."""
    ball = (3.7, 0.42)
    ankle, heel = (turned(point, ball, -pose.heel) for point in ((0.75, 1.75), (0.45, 0.55)))
    if pose.floor:
        axes.add_patch(FancyBboxPatch((-1.0, -0.34), 7.0, 0.24, boxstyle="round,pad=0.06", fc=FLOOR, ec="none"))
    for number in range(3, -1, -1):
        toe(axes, (ball[0] + 0.12 - 0.09 * number, ball[1] - 0.05), pose.others, 1.1 - 0.1 * number, far=True)
    skin(axes, [(ankle, 0.62), ((ankle[0] + 0.25, ankle[1] + 7.0), 1.15)], order=2)
    skin(axes, [(ankle, 0.66), (heel, 0.56), (ball, 0.44)], order=3)
    axes.add_patch(
        Polygon(around([(ankle, 0.6), ((ankle[0] + 0.03, ankle[1] + 0.55), 0.63)]), fc=SKIN, ec="none", zorder=3.5)
    )
    axes.add_patch(Arc(ankle, 0.42, 0.42, theta1=200, theta2=360, ec=LINE, lw=1.6, alpha=0.7, zorder=5))
    toe(axes, ball, pose.big, 1.3, far=False)
    joined(axes, (ball[0] - 0.15, ball[1] + 0.02), 0.36, SKIN, 4.2)


def panel(axes: Axes, pose: Pose) -> None:
    """Prepare one half of the picture and draw a pose in it."""
    axes.set_aspect("equal")
    axes.set_xlim(-1.3, 6.3)
    axes.set_ylim(-2.5, 5.9)
    axes.axis("off")
    foot(axes, pose)


def clock(axes: Axes, at: Point, text: str) -> None:
    """Draw a little clock with the seconds beside it."""
    axes.add_patch(Circle(at, 0.42, fc="white", ec=LINE, lw=2))
    for angle, length in ((90, 0.3), (-25, 0.22)):
        a = radians(angle)
        axes.plot([at[0], at[0] + length * cos(a)], [at[1], at[1] + length * sin(a)], color=LINE, lw=2)
    axes.text(at[0] + 0.65, at[1], text, fontsize=21, color=LINE, va="center", weight="bold")


def again(axes: Axes, at: Point, text: str) -> None:
    """Draw a circling arrow with the count beside it."""
    axes.add_patch(Arc(at, 0.84, 0.84, theta1=40, theta2=330, ec=LINE, lw=2.2))
    end = at[0] + 0.42 * cos(radians(40)), at[1] + 0.42 * sin(radians(40))
    axes.annotate("", (end[0] - 0.12, end[1] + 0.13), end, arrowprops={"arrowstyle": "-|>", "color": LINE, "lw": 2})
    axes.text(at[0] + 0.65, at[1], text, fontsize=21, color=LINE, va="center", weight="bold")


def draw(exercise: Exercise, to: Path) -> None:
    """Write one picture (960 x 540 pixels)."""
    figure = Figure(figsize=SIZE, dpi=100, facecolor=PAPER)
    left, right = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.01, right=0.99, top=1, bottom=0.01, wspace=0.02)
    panel(left, exercise.start)
    panel(right, exercise.hold)
    for begin, end, bow in exercise.arrows:
        style = f"arc3,rad={-bow}"
        arrow = FancyArrowPatch(
            begin, end, connectionstyle=style, arrowstyle="-|>", mutation_scale=26, lw=4, color=HINT
        )
        arrow.set_zorder(9)
        right.add_patch(arrow)
    clock(right, (0.1, -1.8), "5 s")
    again(right, (3.1, -1.8), "10 ×")
    between = FancyArrowPatch((0.475, 0.5), (0.525, 0.5), arrowstyle="-|>", mutation_scale=30, lw=3, color=LINE)
    figure.add_artist(between)
    figure.savefig(to, metadata={"Software": None})


def main() -> None:
    """Draw all of them."""
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        for exercise in EXERCISES:
            draw(exercise, HERE / f"{exercise.name}.png")


if __name__ == "__main__":
    main()
