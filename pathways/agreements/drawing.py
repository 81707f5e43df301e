"""A drawn signature: the strokes a pad sends as numbers, checked, and made into an SVG of our own."""

from __future__ import annotations

import json
import math
from typing import Any

MOST_POINTS = 6000
FEWEST_POINTS = 8
SMALLEST = 12
"""Pixels that a signature measures at least, in one direction."""
LARGEST = 4000

Stroke = list[tuple[float, float]]


class DrawingError(ValueError):
    """What was sent is no signature: `empty` where hardly anything was drawn."""

    def __init__(self, *, empty: bool = False) -> None:
        super().__init__("empty" if empty else "unreadable")
        self.empty = empty


def svg_of(sent: str) -> str:
    """The SVG of strokes sent as JSON `[[[x, y], …], …]` in pixels. Raises DrawingError; nothing sent is ever copied."""
    strokes = _read(sent or "[]")
    points = [point for stroke in strokes for point in stroke]
    if len(points) < FEWEST_POINTS:
        raise DrawingError(empty=True)
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    width, height = max(x for x, _y in points) - left, max(y for _x, y in points) - top
    if max(width, height) < SMALLEST:
        raise DrawingError(empty=True)
    paths = " ".join(_path(stroke, left - 4, top - 4) for stroke in strokes if stroke)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 8:.1f} {height + 8:.1f}">'
        f'<path d="{paths}" fill="none" stroke="#18222a" stroke-width="2.2" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )


def _read(sent: str) -> list[Stroke]:
    try:
        data = json.loads(sent)
        strokes = [[_point(point) for point in stroke] for stroke in data]
    except (ValueError, TypeError) as error:
        raise DrawingError from error
    if sum(map(len, strokes)) > MOST_POINTS:
        raise DrawingError
    return strokes


def _point(point: Any) -> tuple[float, float]:
    x, y = (float(value) for value in point)
    if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= LARGEST and abs(y) <= LARGEST):
        raise DrawingError
    return x, y


def _path(stroke: Stroke, left: float, top: float) -> str:
    """A stroke as a line; a single touch is a dot."""
    moved = [(x - left, y - top) for x, y in stroke]
    if len(moved) == 1:
        moved.append((moved[0][0] + 0.1, moved[0][1]))
    first, *rest = moved
    return f"M{first[0]:.1f} {first[1]:.1f} L" + " ".join(f"{x:.1f} {y:.1f}" for x, y in rest)
