"""Small subjects for the tests of the checks."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from documents.checks import Passage, Subject, passages_of, run
from documents.tree import Document, Point, Points, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.checks import Flaw
    from documents.checks.values import Role


@cache
def fixture(name: str) -> Any:
    """The contents of ``fixtures/data/<name>.json``."""
    path = settings.BASE_DIR / "fixtures" / "data" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def passage(text: str, number: int = 1, role: Role = "body", page: int = 0) -> Passage:
    return Passage(f"page:{page}" if page else f"p:{number}", "Tekst", text, role, page)


def item(*texts: str, title: str = "Et punkt", label: str = "punkt 2.1") -> Subject:
    """An agenda item of ours."""
    found = tuple(passage(text, number) for number, text in enumerate(texts, 1))
    return Subject(f"item:{label}", label, title, "", found)


def foreign(
    *texts: str, title: str = "Brev", label: str = "2.1 Bilag 1", **more: Any
) -> Subject:
    """A file from outside; its front page holds the title, page 2 the texts."""
    front = passage(more.pop("front", title), 1, "cover", 1)
    found = tuple(passage(text, number, page=2) for number, text in enumerate(texts, 1))
    return Subject(
        label,
        label,
        title,
        more.pop("status", ""),
        (front, *found),
        is_foreign=True,
        **more,
    )


def catalogue(
    *sections: Section, title: str = "Forenklingskatalog", label: str = "2.1 Bilag 3"
) -> Subject:
    """A document formed from records."""
    document = Document("catalogue:k", title, sections=sections)
    return Subject(label, label, title, "", passages_of(document), document=document)


def proposal(number: int, title: str = "", risk: str = "") -> Section:
    key = f"proposal:{number}"
    risks = (Point(f"{key}/risk:1", risk),) if risk else ()
    return Section(
        key,
        title or f"Et forslag med nummer {number}",
        label=f"Forslag {number}",
        blocks=(Points(f"{key}/risks", "Risici", risks),) if risk else (),
    )


def found(check: str, *subjects: Subject) -> list[Flaw]:
    """What one check finds."""
    return [flaw for flaw in run(subjects) if flaw.check == check]


def quotes(check: str, *subjects: Subject) -> list[str]:
    return [flaw.quote for flaw in found(check, *subjects)]


def sentences(flaws: Sequence[Flaw]) -> list[str]:
    return [flaw.sentence for flaw in flaws]
