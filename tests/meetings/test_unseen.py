"""What the portal cannot read of files: a person looks it through, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from documents.models import ForeignFile
from meetings.checking import Found, check
from meetings.checking.named import is_person
from meetings.models import Answer, Appendix, Meeting
from meetings.services import findings
from tests.makers import MEETING, a_meeting, a_secretary, an_item, an_upload
from tests.makers_packets import a_file

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
SENTENCE = "Sekretariatet har læst hver side og fandt ingen cpr-numre."


def a_scan(meeting: Meeting, pages: int = 2, **facts: Any) -> Appendix:
    """A letter of so many pages of which nothing can be read, with a summary."""
    file = a_file()
    silent = {"pages_without_text": list(range(1, pages + 1))}
    file.facts = {**file.facts, **silent, **facts}
    file.page_count = pages
    file.save()
    return an_upload(an_item(meeting), file=file)


def only(meeting: Meeting) -> Found:
    (found,) = check(meeting.pk).found
    return found


def test_a_scan_is_an_error_that_a_named_person_answers_for_whatever_its_summary() -> (
    None
):
    meeting = a_meeting()
    a_scan(meeting)

    found = only(meeting)

    assert (found.check, found.group) == ("unseen", "Personoplysninger")
    assert (found.is_error, found.may_answer) == (True, True)
    assert (found.spot.action, found.spot.url[-12:]) == ("Se siderne", "/fil/#page=1")
    assert found.sentence == (
        f"Alle 2{NBSP}sider er billeder uden tekst, så portalen har ikke ledt efter "
        "cpr-numre der. Se siderne igennem, og skriv, hvem der har gjort det."
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"pages_without_text": [2]}, f"Side{NBSP}2 er et billede uden tekst"),
        (
            {"pages_without_text": [], "unexamined_pages": [1, 2, 4]},
            f"Side{NBSP}1–2, 4 kunne ikke undersøges for dækket tekst.",
        ),
        (
            {"pages_without_text": [1], "unexamined_pages": [3]},
            f"cpr-numre der. Side{NBSP}3 kunne ikke",
        ),
    ],
)
def test_the_pages_are_named(facts: dict[str, Any], words: str) -> None:
    meeting = a_meeting()
    a_scan(meeting, 5, **facts)

    assert words in only(meeting).sentence


def test_a_file_with_text_on_every_page_asks_nobody() -> None:
    meeting = a_meeting()
    a_scan(meeting, pages_without_text=[])

    assert check(meeting.pk).found == ()


def test_an_answer_is_for_the_file_and_another_file_is_asked_about_again() -> None:
    meeting = a_meeting()
    row = a_scan(meeting)
    before = only(meeting).fingerprint
    assert row.file is not None

    ForeignFile.objects.filter(pk=row.file.pk).update(name="andet navn.pdf")
    assert only(meeting).fingerprint == before

    ForeignFile.objects.filter(pk=row.file.pk).update(cleaned="e" * 64)
    assert only(meeting).fingerprint != before


def test_a_tagged_file_with_faults_warns_though_it_has_a_summary() -> None:
    meeting = a_meeting()
    faults: dict[str, Any] = {"tagged": True, "text": "all", "pages_without_text": []}
    a_scan(meeting, **faults, problems=["En tabel har ingen overskrifter."])

    found = only(meeting)

    assert (found.check, found.is_error) == ("pdf-ua", False)
    assert found.sentence == (
        "Opmærkningen har en fejl. En tabel har ingen overskrifter. "
        "På grund af bilaget lever pakken ikke op til kravene."
    )


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Ida Holm", True),
        ("Ida-Marie von der O’Brien Holm", True),
        ("H. C. Ørsted Å", True),
        ("ida holm", False),
        ("Mette Å. Dam og Bo Ærø, sekretariatet", True),
        ("Sekretariatet", False),
        (SENTENCE, False),
        ("Sekretariatet har læst det", False),
        ("Ida Holm. Der var intet", False),
        ("Ida Holm, som så alt. Intet fundet", False),
        ("Ida Holm 2", False),
        (" , ", False),
    ],
)
def test_a_name_is_two_words_and_no_sentence(text: str, *, is_name: bool) -> None:
    assert is_person(text) is is_name


def test_who_has_seen_it_is_asked_for_by_name_and_kept(client: Client) -> None:
    meeting = a_meeting()
    a_scan(meeting)
    findings.refresh(meeting.pk)
    client.force_login(a_secretary(meeting.council))
    key = only(meeting).fingerprint
    sent = {"svar": key, f"set-{key}": "0"}

    nobody = client.post(f"{MEETING}send/", {**sent, f"grund-{key}": " "})
    sentence = client.post(f"{MEETING}send/", {**sent, f"grund-{key}": SENTENCE})
    somebody = client.post(f"{MEETING}send/", {**sent, f"grund-{key}": "Ida Holm"})

    assert nobody.status_code == 422
    assert "Skriv navnet på den, der har set siderne igennem." in nobody.text
    assert sentence.status_code == 422
    assert "Skriv for- og efternavn på en person" in sentence.text
    assert SENTENCE in sentence.text
    assert somebody.status_code == 302
    assert Answer.objects.get().reason == "Ida Holm"
    shown = client.get(f"{MEETING}send/").text
    assert "<strong>Set igennem for cpr-numre af:</strong> Ida Holm" in shown
