"""The changes of one section in words, as its first field says them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from core.wordmarks import Run

if TYPE_CHECKING:
    from documents.compare.edits import Edit, FigureEdit, SectionEdits

    type Runs = tuple[Run, ...]

# More than these are counted: the marks themselves show the rest.
MOST: Final = 6
# So many words are still quoted.
_SHORT: Final = 6


def sentences(edits: SectionEdits) -> tuple[Runs, ...]:
    """Say what changed: "Gevinst 2 er udvidet"; a title with its words marked."""
    if edits.state == "new":
        return ((Run("same", "Hele afsnittet er nyt"),),)
    found = [*map(_edit, edits.edits), *map(_figure, edits.figures)]
    if len(found) <= MOST:
        return tuple(found)
    rest = len(found) - MOST + 1
    more = f"Og {formats.counted(rest, 'ændring', 'ændringer')} mere"
    return (*found[: MOST - 1], (Run("same", more),))


def _edit(edit: Edit) -> Runs:
    if edit.state == "new":
        how = f"er {edit.new_word}" if edit.new_word else "er tilføjet"
        return (Run("same", f"{edit.name} {how}"),)
    if edit.state == "gone":
        return (Run("same", f"{edit.name} er udgået"),)
    runs = [run for line in edit.lines for run in line.runs if run.mark != "same"]
    gone = [run.text.strip() for run in runs if run.mark == "removed"]
    came = [run.text.strip() for run in runs if run.mark == "added"]
    if len(gone) == len(came) == 1 and _is_short(*gone, *came):
        return _replaced(edit.name, gone[0], came[0])
    how = "er ændret" if gone and came else "er udvidet" if came else "er forkortet"
    return (Run("same", f"{edit.name} {how}"),)


def _replaced(name: str, gone: str, came: str) -> Runs:
    return (
        Run("same", f"{name}: "),
        Run("removed", gone),
        Run("same", " er blevet til "),
        Run("added", came),
    )


def _is_short(*texts: str) -> bool:
    return all(len(text.split()) <= _SHORT for text in texts)


def _figure(figure: FigureEdit) -> Runs:
    old, new = figure.old, figure.new
    if old is None or new is None:
        how = "er tilføjet" if old is None else "er udgået"
        return (Run("same", f"{figure.name} {how}"),)
    if old.text == new.text:
        return (Run("same", f"{figure.name}: kilden er ændret"),)
    return _replaced(figure.name, old.text, new.text)
