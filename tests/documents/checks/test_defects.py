"""The mistakes of a real packet, each through the check or mechanism that meets it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from documents.checks import CHECKS, FileFacts, page_passages, run
from documents.compare import changes
from documents.tree import Document
from tests.documents.checks import makers
from tests.documents.checks.makers import catalogue, fixture, foreign, item, proposal

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.checks import Subject

DEFECTS: list[dict[str, Any]] = fixture("defects")["defects"]
BY_COMPARISON = "compare"


def rows(outcome: str, *, by: str = "") -> list[Any]:
    return [
        pytest.param(row, id=row["id"])
        for row in DEFECTS
        if row["outcome"] == outcome and by in {"", row["by"]}
    ]


FLAGGED = [row for row in rows("flagged") if row.values[0]["by"] != BY_COMPARISON]


def on_cover(row: dict[str, Any], text: str) -> list[Subject]:
    return [foreign("Teksten.", front=text, label=row["label"])]


def renamed(row: dict[str, Any], text: str) -> list[Subject]:
    statutes = "2019 Vedtægter for Greater Copenhagen EU Office"
    return [
        foreign(text, label=row["label"]),
        foreign("§ 1", title=statutes, label="2.6 Bilag 3"),
        replace(catalogue(label="2.1 Bilag 2"), own_name="Bilag 1 – Samdrift"),
    ]


def two_catalogues(_: dict[str, Any], label: str) -> list[Subject]:
    other = replace(proposal(1), key="unit:1", label=f"{label} 1")
    return [catalogue(proposal(1)), catalogue(other, label="2.1 Bilag 2")]


def in_proposal_3(_: dict[str, Any], text: str) -> list[Subject]:
    return [catalogue(*map(proposal, (1, 2)), proposal(3, risk=text), proposal(4))]


def in_a_list(row: dict[str, Any], text: str) -> list[Subject]:
    titles = {
        each["number"]: each["title"] for each in fixture("proposals")["proposals"]
    }
    sections = [proposal(number, title) for number, title in sorted(titles.items())]
    told = {**titles, row["number"]: text or titles[row["number"]]}
    lines = [f"{number}. {title}" for number, title in sorted(told.items())]
    return [catalogue(*sections), foreign(*lines, label="2.1 Bilag 1")]


def our_title(_: dict[str, Any], title: str) -> list[Subject]:
    return [replace(catalogue(), title=title)]


def file_title(_: dict[str, Any], title: str) -> list[Subject]:
    return [foreign("Teksten.", title=title, front="Forside")]


def front_page(_: dict[str, Any], text: str) -> list[Subject]:
    title = "Godkendelse af endelig udgave af ”Sjælland baner vejen frem”"
    bilag = foreign("Teksten.", title="Folder", front=text, label="2.2 Bilag 1")
    return [item(title=title, label="punkt 2.2"), bilag]


def leaflet(_: dict[str, Any], text: str) -> list[Subject]:
    """The text stands last on page 1, or, where it is "", first."""
    title = "Sjælland baner vejen frem"
    long = "Region Sjælland og de 17 kommuner taler med én stemme om veje og baner. "
    texts = [long * 3, text] if text else [title, long * 3]
    cover = tuple(makers.passage(each, 1, "cover", 1) for each in texts)
    return [replace(foreign(title=f"{title} 2024"), passages=cover)]


def between(_: dict[str, Any], text: str) -> list[Subject]:
    return [foreign("Stk. 1. Vedtægterne kan ændres.", text, "Stk. 2. Opløsning.")]


def with_pictures(row: dict[str, Any], text: str) -> list[Subject]:
    mute = row["mute"] if text else 0
    facts = FileFacts(9, "partial" if mute else "ok", mute_pictures=mute)
    return [foreign("Teksten.", file=facts)]


def plain(row: dict[str, Any], text: str) -> list[Subject]:
    """The text in a file from outside (or an item of ours), the rest of it before."""
    packet = row.get("packet", [])
    if row.get("own"):
        return [item(*packet, text)]
    facts = FileFacts(row["pages"]) if "pages" in row else None
    front = row.get("front", "Forside")
    return [foreign(*packet, text, title="Rapporten", front=front, file=facts)]


SETUPS: dict[str, Callable[[dict[str, Any], str], list[Subject]]] = {
    "own-number": on_cover,
    "other-numbers": renamed,
    "same-labels": two_catalogues,
    "self-reference": in_proposal_3,
    "titles": in_a_list,
    "document-title": our_title,
    "title-tail": file_title,
    "status": front_page,
    "reading-order": leaflet,
    "running-foot": between,
    "alternatives": with_pictures,
}


def checks_that_find(row: dict[str, Any], text: str) -> set[str]:
    return {flaw.check for flaw in run(SETUPS.get(row["by"], plain)(row, text))}


@pytest.mark.parametrize("row", FLAGGED)
def test_the_mistake_is_flagged(row: dict[str, Any]) -> None:
    assert row["by"] in checks_that_find(row, row.get("text", row["observed"]))


@pytest.mark.parametrize("row", FLAGGED)
def test_what_should_have_stood_there_is_not_flagged(row: dict[str, Any]) -> None:
    assert row["by"] not in checks_that_find(row, row.get("right", ""))


@pytest.mark.parametrize("row", rows("flagged", by=BY_COMPARISON))
def test_a_word_replaced_between_two_versions_is_marked(row: dict[str, Any]) -> None:
    def version(text: str) -> Document:
        return Document("catalogue:k", "K", sections=(proposal(18, risk=text),))

    (change,) = changes(version(row["right"]), version(row["text"]))

    assert (change.name, change.fields) == ("Forslag 18", (("Risici", 1),))


@pytest.mark.parametrize("row", rows("prevented", by="pages"))
def test_words_that_a_line_end_parted_are_joined(row: dict[str, Any]) -> None:
    (passage,) = page_passages([row["text"]])

    assert row["right"] in passage.text


def test_at_least_sixty_of_the_mistakes_are_prevented_or_flagged() -> None:
    met = [row for row in DEFECTS if row["outcome"] in {"prevented", "flagged"}]

    assert (len(DEFECTS), len(met)) == (82, 76)


def test_each_mistake_names_a_check_a_mechanism_or_a_reason() -> None:
    keys = {check.key for check in CHECKS} | {BY_COMPARISON}

    assert {row["by"] for row in DEFECTS if row["outcome"] == "flagged"} <= keys
    assert all(row["why"] for row in DEFECTS if row["outcome"] == "out")
