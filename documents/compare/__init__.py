"""Two documents compared by key: in short, or with every word and figure."""

from documents.compare.edits import Edit, FigureEdit, SectionEdits, compare
from documents.compare.sections import Change, changes

__all__ = ["Change", "Edit", "FigureEdit", "SectionEdits", "changes", "compare"]
