"""The letters and shapes of one page in the order they are drawn: which cover which."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documents.intake.geometry import Rect, Shape
    from documents.intake.runs import Letter, Run

type Colour = tuple[float, float, float]
type Cell = tuple[int, int]
# A shape as it lies: its number in the order of drawing, what it is cut to, its colour.
type Laid = tuple[int, Shape, tuple[Shape, ...], Colour | None]

# Side of a cell of the index, in points.
_CELL = 36.0
# A shape over more cells is kept in a list of its own.
_MANY_CELLS = 400
DARK = 0.25
_ALIKE = 0.12


class SpentError(Exception):
    """The page needs more work than is allowed."""


class Budget:
    """What may be spent on a file: bytes of content, and questions of geometry."""

    def __init__(self, content: int, questions: int) -> None:
        self.content, self.questions = content, questions

    def read(self, size: int) -> None:
        self.content -= size
        if self.content < 0:
            raise SpentError

    def ask(self, count: int = 1) -> None:
        self.questions -= count
        if self.questions < 0:
            raise SpentError


def is_dark(colour: Colour | None) -> bool:
    """Whether a colour is known and nearly black."""
    if colour is None:
        return False
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue < DARK


class Hiding:
    """Gathers letters and shapes; ``covered`` counts the letters that are hidden.

    Runs wait, and their letters are worked out when a shape comes near: on most pages
    none does.
    """

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.covered = 0
        self._waiting: list[Run] = []
        self._letters: defaultdict[Cell, list[Letter]] = defaultdict(list)
        self._shapes: defaultdict[Cell, list[Laid]] = defaultdict(list)
        self._wide: list[Laid] = []
        self._count = 0
        self._has_dark = False
        self._dark_boxes: list[Rect] = []

    def write(self, run: Run) -> None:
        """A run of letters begins; it may still grow."""
        if self._waiting and self._has_dark:
            self._write_dark(self._waiting[-1])
        self._waiting.append(run)

    def finish(self) -> int:
        """The page is drawn; how many of its letters are covered."""
        if self._waiting and self._has_dark:
            self._write_dark(self._waiting[-1])
        return self.covered

    def _write_dark(self, run: Run) -> None:
        """Look whether letters lie dark on a dark shape, where they cannot be seen."""
        if any(map(is_dark, run.colours())) and any(
            run.may_touch(box) for box in self._dark_boxes
        ):
            self._waiting.pop()
            self._write(run)

    def _write(self, run: Run) -> None:
        """Work out where the letters of a run are."""
        for letter in run.letters():
            self.budget.ask()
            cell = _cell(*letter.low)
            self._letters[cell].append(letter)
            if self._has_dark and letter.is_seen and is_dark(letter.colour):
                below = self._topmost(letter, cell)
                if below and letter.colour and _are_alike(below, letter.colour):
                    letter.is_covered = True
                    self.covered += 1

    def cover(
        self,
        shape: Shape,
        clips: Iterable[Shape],
        colour: Colour | None,
        *,
        seen_only: bool = False,
    ) -> None:
        """A shape is drawn that nothing shines through.

        Args:
            clips: shapes it is cut to.
            colour: None if unknown.
            seen_only: leave letters alone that nobody is meant to see, such as those
                that text recognition puts under the picture of a page.
        """
        cut = tuple(clips)
        self._write_near(shape.box)
        for letters in self._near(shape.box):
            self.budget.ask(len(letters))
            for letter in letters:
                if letter.is_covered or (seen_only and not letter.is_seen):
                    continue
                if _hides(shape, cut, letter):
                    letter.is_covered = True
                    self.covered += 1
        if is_dark(colour):
            self._has_dark = True
            self._dark_boxes.append(shape.box)
        if self._has_dark:
            self._keep(shape, cut, colour)

    def _write_near(self, box: Rect) -> None:
        """Work out the letters of the runs that a box may reach."""
        self.budget.ask(len(self._waiting) // 8)
        left = []
        for run in self._waiting:
            if run.may_touch(box):
                self._write(run)
            else:
                left.append(run)
        self._waiting = left

    def _near(self, box: Rect) -> Iterator[list[Letter]]:
        """The letters of each cell that a box reaches into."""
        first, last = _cell(*box[:2]), _cell(*box[2:])
        count = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
        if count > len(self._letters):
            for (column, row), letters in self._letters.items():
                if first[0] <= column <= last[0] and first[1] <= row <= last[1]:
                    yield letters
            return
        for column in range(first[0], last[0] + 1):
            for row in range(first[1], last[1] + 1):
                letters = self._letters.get((column, row), [])
                if letters:
                    yield letters

    def _keep(
        self, shape: Shape, cut: tuple[Shape, ...], colour: Colour | None
    ) -> None:
        self._count += 1
        entry = (self._count, shape, cut, colour)
        first, last = _cell(*shape.box[:2]), _cell(*shape.box[2:])
        count = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
        if count > _MANY_CELLS:
            self._wide.append(entry)
            return
        self.budget.ask(count)
        for column in range(first[0], last[0] + 1):
            for row in range(first[1], last[1] + 1):
                self._shapes[column, row].append(entry)

    def _topmost(self, letter: Letter, cell: Cell) -> Colour | None:
        """The colour of what a letter is drawn upon; None if that is not known."""
        found: tuple[int, Colour | None] = (0, None)
        for entries in (self._shapes.get(cell, []), self._wide):
            for number, shape, cut, colour in reversed(entries):
                self.budget.ask()
                if number < found[0]:
                    break
                if _hides(shape, cut, letter):
                    found = (number, colour)
                    break
        return found[1]


def _hides(shape: Shape, cut: tuple[Shape, ...], letter: Letter) -> bool:
    """Whether both points of a letter lie in a shape, and in all it is cut to."""
    return all(
        each.holds(*letter.low) and each.holds(*letter.high) for each in (shape, *cut)
    )


def _cell(x: float, y: float) -> Cell:
    return int(x // _CELL), int(y // _CELL)


def _are_alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))
