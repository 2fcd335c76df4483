"""What is known to be missing or wrong without reading a text.

Each app may add what it knows of the records that an appendix is formed of: it registers
one function for a source of its own in ``AppConfig.ready``, which may ask one query, and
one that tells where they are edited. The whole check of a meeting is
``meetings.checking``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from meetings.choices import Action, ItemKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from meetings.models import AgendaItem, Appendix

    type Check = Callable[[Mapping[str, Any]], Sequence[Finding]]
    type Editor = Callable[[str, str, str, str], tuple[str, str] | None]
    type RowEditor = Callable[[str, str, str], tuple[str, str]]

CONTRADICTION = "Modsigelse:"
# What must be recommended, and what must be told before it can be talked about.
_RECOMMENDED: Final = frozenset({ItemKind.DECISION})
_TOLD: Final = frozenset({ItemKind.DECISION, ItemKind.THEME})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an app knows to be wrong with its records.

    Attributes:
        tone: "bad" is an error, "partial" a warning.
        text: a Danish sentence.
        url: where it is put right, under the one verb ``label``.
        section: what its section is called there, "Forslag 3"; "" is all of it.
        check: which check it belongs to (``documents.checks``), "known" for none.
    """

    tone: Literal["bad", "partial"]
    text: str
    url: str
    label: str = "Ret"
    section: str = ""
    check: str = "known"


_registry: dict[str, Check] = {}
_editors: dict[str, Editor] = {}
_row_editors: dict[str, RowEditor] = {}


def register_check(source: str, check: Check) -> None:
    """Have ``check`` asked where a meeting prints an appendix of this source.

    Args:
        source: key of a registered source of documents.
        check: gets what was chosen for the source, once for each choice.
    """
    _registry[source] = check


def register_editor(kind: str, editor: Editor) -> None:
    """Have ``editor`` say where sections are edited whose key begins with ``kind:``.

    Args:
        editor: section's key, its label ("Forslag 3"), the key of a node in it and that of
            its document → the address of the field and the words of the link; None where
            there is none.
    """
    _editors[kind] = editor


def register_row_editor(kind: str, editor: RowEditor) -> None:
    """Have ``editor`` say where rows are edited of documents whose key begins with ``kind:``.

    Args:
        editor: key of a node, what its table or list is called and the first cell of its
            row, each "" where there is none → an address and the words of the link.
    """
    _row_editors[kind] = editor


def known(source: str, options: Mapping[str, Any]) -> Sequence[Finding]:
    """Give what an app knows of the records that a choice prints: one query or none."""
    check = _registry.get(source)
    return check(options) if check else ()


def edit_place(
    key: str, label: str, node: str, document: str
) -> tuple[str, str] | None:
    """Give where a section of a document is edited: address and words, or None."""
    editor = _editors.get(key.partition(":")[0])
    return editor(key, label, node, document) if editor else None


def edit_row(key: str, node: str, table: str, row: str) -> tuple[str, str] | None:
    """Give where a row of a document is edited, likewise."""
    editor = _row_editors.get(key.partition(":")[0])
    return editor(node, table, row) if editor else None


def needs_summary(appendix: Appendix) -> bool:
    """A file that cannot be read aloud in full has no summary to stand in for it."""
    return not appendix.summary and not reads_aloud(appendix)


def reads_aloud(appendix: Appendix) -> bool:
    """A screen reader gets all of it; what is formed from data always does."""
    file = appendix.file
    return file is None or file.facts["readability"]["level"] == "ok"


def contradiction(appendix: Appendix) -> str:
    """What the document says that the item does not: a sentence, or ""."""
    text = appendix.status_text
    if not text.startswith(CONTRADICTION):
        return ""
    rest = text.removeprefix(CONTRADICTION).strip()
    return rest[:1].upper() + rest[1:]


def missing_in(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    """Give what an item lacks: pairs of field name and Danish noun, in form order.

    What is needed besides the first three follows from its type and requested action.
    """
    wanted: tuple[tuple[str, str, object], ...] = (
        ("title", "titel", item.title),
        ("kind", "type", item.kind),
        ("action", "ønsket handling", item.action),
        ("addressee", "modtager af svaret", item.addressee or not _answers(item)),
        (
            "recommendation",
            "indstilling",
            item.recommendation or item.kind not in _RECOMMENDED,
        ),
        ("case", "sagsfremstilling", item.case or item.kind not in _TOLD),
    )
    return tuple((name, word) for name, word, value in wanted if not value)


def _answers(item: AgendaItem) -> bool:
    return item.action == Action.ANSWERS


def unfilled(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    """Give everything an item's page says is not filled in: (field, Danish name)."""
    is_answer = _answers(item)
    wanted: list[tuple[str, str, object]] = [
        ("title", "Titel", item.title),
        ("kind", "Type", item.kind),
        ("action", "Ønsket handling", item.action),
        ("addressee", "Svaret sendes til", item.addressee or not is_answer),
        ("reply_deadline_0", "Svarfrist", item.reply_deadline or not is_answer),
        ("summary", "Resumé", item.summary),
        ("recommendation", "Indstilling", item.recommendation),
        ("case", "Sagsfremstilling", item.case),
        ("economy", "Økonomi", item.economy),
        ("process", "Videre proces", item.process),
    ]
    return tuple((name, word) for name, word, value in wanted if not value)
