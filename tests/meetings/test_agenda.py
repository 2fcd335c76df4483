"""The agenda as a value: its JSON, its counts and its hashes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from meetings.agenda import (
    Agenda,
    AgendaItem,
    AgendaSection,
    appendix_digest,
    contents_digest,
)
from meetings.models import PacketPart
from meetings.names import appendix_slug
from tests.meetings.test_words import appendix


def item(number: str = "2.1", title: str = "Et punkt") -> AgendaItem:
    return AgendaItem(
        key=f"punkt-{number}", number=number, kind="Beslutningssag", title=title, asks="",
        reply="", responsible="", summary="", recommendation="", case="", economy="",
        process="", appendices=(appendix(pk=1), appendix(pk=2, key="l")),
    )  # fmt: skip


def agenda(*items: AgendaItem) -> Agenda:
    section = AgendaSection(2, "Sager", items)
    return Agenda("KKR", "2023-11-22", "2023-11-22", "13.00–16.00", "", "", (section,))


def test_an_agenda_is_equal_to_what_its_json_gives_back() -> None:
    value = agenda(item(), item("2.2"))

    assert Agenda.from_json(json.loads(json.dumps(value.to_json()))) == value


def test_an_item_without_a_title_is_a_row_and_not_counted() -> None:
    value = agenda(item(), item("2.2", title=""))

    assert (len(value.items), value.titled_count) == (2, 1)
    assert value.items[1].heading == "Titel ikke oplyst"


def test_the_digest_of_an_appendix_does_not_hold_the_database_id() -> None:
    one = item().appendices[0]

    assert appendix_digest(one) == appendix_digest(replace(one, pk=99))


def test_a_new_name_changes_an_appendix_and_the_list_but_no_other_appendix() -> None:
    old = item()
    renamed = replace(old.appendices[1], title="Nyt navn")
    new = replace(old, title="Et nyt punkt", appendices=(old.appendices[0], renamed))

    same, changed = (
        appendix_digest(old.appendices[at]) == appendix_digest(new.appendices[at])
        for at in (0, 1)
    )
    assert (same, changed) == (True, False)
    assert contents_digest(agenda(old)) != contents_digest(agenda(new))


def test_a_case_text_is_not_on_the_contents_page() -> None:
    old = item()

    assert contents_digest(agenda(old)) == contents_digest(
        agenda(replace(old, case="<p>Ny tekst</p>"))
    )
    assert contents_digest(agenda(old)) != contents_digest(
        agenda(replace(old, title="Nyt navn"))
    )


def test_a_part_of_a_packet_is_addressed_as_its_appendix_is() -> None:
    label = "2.1 Bilag 3"

    assert PacketPart(label=label).slug == appendix_slug(label) == "2-1-bilag-3"


UNTAGGED: dict[str, Any] = {
    "tagged": False,
    "text": "all",
    "readability": {"level": "partial", "sentence": "Teksten kan læses op."},
}

SCANNED: dict[str, Any] = {
    "tagged": False,
    "text": "none",
    "readability": {"level": "none", "sentence": "Scannet."},
}


@pytest.mark.parametrize(
    ("facts", "summary", "level", "sentence"),
    [
        ({**UNTAGGED, "tagged": True}, "", "partial", "Teksten kan læses op."),
        (UNTAGGED, "Et brev.", "none", "Siderne kan ikke læses op. Læs resuméet i stedet."),
        (SCANNED, "Et brev.", "none", "Scannet uden tekst. Læs resuméet i stedet."),
        (SCANNED, "", "none", "Scannet."),
        (UNTAGGED, "", "none", "Siderne kan ikke læses op, og der er intet resumé."),
    ],
)  # fmt: skip
def test_the_public_is_told_what_holds_for_the_packet(
    facts: dict[str, Any], summary: str, level: str, sentence: str
) -> None:
    bilag = replace(appendix(), kind="uploaded", facts=facts, summary=summary)

    assert bilag.readability == (level, sentence)
