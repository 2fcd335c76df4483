"""Text of a content stream: which runs of letters are written, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, Name

from documents.intake.geometry import UNMOVED, Matrix, then
from documents.intake.ink import State
from documents.intake.metrics import Metrics, metrics_of
from documents.intake.runs import Operand, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.intake.hiding import Hiding


class Lettering:
    """Follows the operators of text, and tells ``hiding`` of every run.

    Args:
        hiding: the page.
        fonts: what is known of the file's fonts, by number; it grows.
    """

    def __init__(self, hiding: Hiding, fonts: dict[tuple[int, int], Metrics]) -> None:
        self.hiding, self.budget, self.fonts = hiding, hiding.budget, fonts
        self.state = State()
        self.resources: Any = None
        self.operands: list[Operand] = []
        self.tm = self.line = UNMOVED
        self.run: Run | None = None

    def numbers(self, count: int) -> list[float] | None:
        """The last ``count`` operands, if they are numbers."""
        found = [each for each in self.operands[-count:] if isinstance(each, float)]
        return found if len(found) == count else None

    def name(self) -> str:
        """The last operand if it is a name, else ""."""
        last = self.operands[-1] if self.operands else ""
        return last if isinstance(last, str) else ""

    def begin_text(self) -> None:
        self.tm = self.line = UNMOVED
        self.run = None

    def set_font(self) -> None:
        size = self.numbers(1)
        names = [each for each in self.operands if isinstance(each, str)]
        if size and names:
            font = named(self.resources, Name.Font, names[-1])
            metrics, hand = metrics_of(font, self.fonts), self.state.hand
            if hand.font is not metrics or hand.size != size[0]:
                self.state.hand = replace(hand, font=metrics, size=size[0])

    def set_hand(self, name: str, factor: float = 1.0) -> None:
        """Set one of the numbers that say how letters are written."""
        found = self.numbers(1)
        if found:
            change: dict[str, Any] = {name: found[0] * factor}
            self.state.hand = replace(self.state.hand, **change)

    def set_text_matrix(self) -> None:
        found = self.numbers(6)
        if found:
            self.tm = self.line = matrix_of(found)
            self.run = None

    def next_line(self, *, keep: bool = False) -> None:
        found = self.numbers(2)
        if found:
            if keep:
                self.state.leading = -found[1]
            self._to_line(found[0], found[1])

    def new_line(self) -> None:
        self._to_line(0, -self.state.leading)

    def _to_line(self, x: float, y: float) -> None:
        self.tm = self.line = then((1.0, 0.0, 0.0, 1.0, x, y), self.line)
        self.run = None

    def show(self) -> None:
        """Write at the end of the run that is open, or begin one."""
        state = self.state
        if self.run is None or self.run.is_written:
            start = self.tm if self.run is None else self.run.end
            self.tm = start
            self.run = Run(start, state.ctm)
            self.hiding.write(self.run)
        self.run.add(state.hand, state.fill, tuple(self.operands))

    def show_on_new_line(self) -> None:
        """Begin a line and show a text; two numbers before it set the gaps."""
        gaps = [each for each in self.operands if isinstance(each, float)]
        if len(gaps) == 2:  # noqa: PLR2004
            hand = replace(self.state.hand, word_gap=gaps[0], letter_gap=gaps[1])
            self.state.hand = hand
        self.new_line()
        self.operands = [each for each in self.operands if isinstance(each, bytes)]
        self.show()


def matrix_of(found: Sequence[float]) -> Matrix:
    """Six numbers as a matrix."""
    a, b, c, d, e, f = found
    return a, b, c, d, e, f


def named(resources: Any, kind: Any, name: str) -> Any:
    """What a content stream calls ``name``, of a kind of resources."""
    table = resources.get(kind) if isinstance(resources, Dictionary) else None
    return table.get("/" + name) if isinstance(table, Dictionary) and name else None
