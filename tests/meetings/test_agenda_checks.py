"""What is found in a meeting: missing fields, flaws of texts, where each stands."""

from __future__ import annotations

import ast
import re
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from documents.checks import CHECKS
from documents.foreign import keep_texts
from meetings.checking import Found, check
from meetings.checking import known as checks
from meetings.checking.known import Finding, register_check
from meetings.models import Appendix, Meeting
from meetings.services.appendices import withdraw_appendix
from tests.makers import MEETING, a_chief, a_meeting, an_item, an_upload
from tests.makers_packets import a_file, a_packet, an_appendix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def found(meeting: Meeting) -> tuple[Found, ...]:
    return check(meeting.pk).found


def told(meeting: Meeting) -> list[tuple[bool, str, str]]:
    """The findings as (is an error, item or appendix, sentence)."""
    return [(f.is_error, f.spot.label, f.sentence) for f in found(meeting)]


def a_text(appendix: Appendix, *pages: str) -> None:
    """Let the appendix's file say this, one text a page."""
    assert appendix.file is not None
    file = a_file()
    file.text, file.page_count = keep_texts(pages), len(pages)
    file.facts = {**file.facts, "pages": file.facts["pages"] * len(pages)}
    file.save()
    Appendix.objects.filter(pk=appendix.pk).update(file=file)


def test_a_meeting_with_all_it_needs_has_no_findings() -> None:
    meeting = a_meeting()
    an_upload(an_item(meeting))

    assert told(meeting) == []


def test_what_is_missing_is_named_with_its_item_and_leads_to_the_field() -> None:
    meeting = a_meeting()
    an_item(meeting, "Filmfonden", kind="")
    an_item(meeting, "", kind="", action="")

    assert told(meeting) == [
        (False, "2.1", "Punktet mangler type."),
        (False, "2.2", "Punktet mangler titel, type og ønsket handling."),
    ]
    urls = [each.spot.url for each in found(meeting)]
    assert urls == [f"{MEETING}punkter/2-1/#id_kind", f"{MEETING}punkter/2-2/#id_title"]


def test_what_an_item_must_say_follows_from_its_type_and_the_requested_action() -> None:
    meeting = a_meeting()
    answers: dict[str, Any] = {"action": "answers", "reply_deadline": "not_stated"}
    an_item(meeting, kind="decision")
    an_item(meeting, kind="decision", recommendation="Vi indstiller.", case="Sagen.")
    an_item(meeting, kind="theme", action="discusses")
    an_item(meeting, kind="information", action="notes")
    an_item(meeting, **answers)
    an_item(meeting, **answers, addressee="Ministeren")

    assert [(label, said) for _, label, said in told(meeting)] == [
        ("2.1", "Punktet mangler indstilling og sagsfremstilling."),
        ("2.3", "Punktet mangler sagsfremstilling."),
        ("2.5", "Punktet mangler modtager af svaret."),
    ]
    assert found(meeting)[0].spot.url == f"{MEETING}punkter/2-1/#id_recommendation"


def test_errors_come_before_warnings() -> None:
    meeting = a_meeting()
    item = an_item(meeting)
    an_upload(item, summary="")
    an_upload(item, status_text="Modsigelse: forsiden siger UDKAST.")
    broken = an_appendix(item, 1)
    Appendix.objects.filter(pk=broken.pk).update(position=3, failure="Intet katalog.")

    assert [(error, label) for error, label, _ in told(meeting)] == [
        (True, "2.1 Bilag 3"),
        (True, "2.1 Bilag 2"),
        (False, "2.1 Bilag 1"),
    ]


def test_many_appendices_of_one_item_that_lack_a_summary_are_one_line() -> None:
    meeting = a_meeting()
    full, two = an_item(meeting), an_item(meeting)
    for item, count in ((full, 3), (two, 2)):
        for _ in range(count):
            an_upload(item, summary="")

    many, *single = found(meeting)

    sentence = f"3{NBSP}bilag mangler resumé til skærmlæser."
    assert (many.spot.label, many.sentence) == ("2.1", sentence)
    assert many.where == f"Bilag{NBSP}1–3"
    assert many.spot.url == f"{MEETING}punkter/2-1/#bilag"
    assert [each.spot.label for each in single] == ["2.2 Bilag 1", "2.2 Bilag 2"]


def test_our_own_text_may_be_an_error_and_a_files_text_only_warns() -> None:
    meeting = a_meeting()
    item = an_item(meeting, case="Beløbet er [indsæt].")
    a_text(an_upload(item), "Brevet", "Beløbet er [indsæt].")

    own, foreign = found(meeting)

    assert (own.check, own.is_error, own.may_answer) == ("placeholder", True, False)
    assert own.spot.url == f"{MEETING}punkter/2-1/#id_case"
    assert (foreign.check, foreign.is_error) == ("placeholder", False)
    assert foreign.group == "Bilag, der kommer udefra"


def test_our_summary_of_a_file_is_our_own_text() -> None:
    meeting = a_meeting()
    bilag = an_upload(an_item(meeting), summary="Resuméet er TBD.")

    (only,) = found(meeting)

    assert only.is_error
    assert only.spot.label == "2.1 Bilag 1"
    assert only.spot.url == f"{MEETING}punkter/2-1/bilag/{bilag.pk}/#id_summary"


def test_a_front_page_that_contradicts_our_title_is_an_error_told_once() -> None:
    meeting = a_meeting()
    item = an_item(meeting, "Godkendelse af endelig udgave af planen")
    a_text(an_upload(item, status_text="Modsigelse: forsiden siger UDKAST."), "UDKAST")

    (only,) = found(meeting)

    assert (only.check, only.is_error) == ("status", True)
    assert only.quote == "Punktet: Godkendelse af endelig udgave af planen"
    assert only.spot.action == "Erstat fil"


def test_a_cpr_number_is_an_error_that_somebody_may_answer_for_and_is_never_shown() -> (
    None
):
    meeting = a_meeting()
    a_text(an_upload(an_item(meeting)), "Sagen om 010190-1234 er lukket.")

    (only,) = found(meeting)

    assert (only.check, only.is_error, only.may_answer) == ("cpr", True, True)
    assert "1234" not in f"{only.sentence} {only.quote}"


def test_covered_text_is_an_error_that_somebody_may_answer_for() -> None:
    meeting = a_meeting()
    file = a_file()
    file.facts = {**file.facts, "covered_pages": [1]}
    file.save()
    an_upload(an_item(meeting), file=file)

    (only,) = found(meeting)

    assert (only.check, only.is_error, only.may_answer) == ("covered", True, True)
    assert "kan læses og kopieres" in only.sentence


def test_a_file_whose_text_was_never_read_is_not_passed_over_in_silence() -> None:
    meeting = a_meeting()
    file = a_file()
    file.text = ""
    file.save()
    an_upload(an_item(meeting), file=file)

    (only,) = found(meeting)

    assert (only.check, only.is_error, only.may_answer) == ("unseen", True, True)


def test_a_place_is_the_packets_page_and_before_a_build_the_files_own() -> None:
    meeting = a_meeting()
    bilag = an_upload(an_item(meeting))
    a_text(bilag, "Brevet", "Det koster 7 kr.,, siger han.")

    (before,) = found(meeting)
    a_packet(meeting)
    (after,) = found(meeting)

    assert (before.spot.place, before.where) == ("", "Bilagets side 2")
    assert before.spot.url.endswith(f"/bilag/{bilag.pk}/fil/#page=2")
    assert (after.spot.place, after.where) == ("s.\N{NO-BREAK SPACE}4", "")
    assert after.spot.url == f"{MEETING}pakke/?side=4#laes"
    assert after.fingerprint == before.fingerprint


def test_a_bilag_that_is_withdrawn_is_neither_a_gap_nor_read() -> None:
    meeting = a_meeting()
    item = an_item(meeting)
    first = an_upload(item)
    a_text(an_upload(item), "Alt er i orden.")
    a_text(first, "Prisen er TBD.")
    fields = {"sent_in": 1, "given_number": "1"}
    Appendix.objects.filter(pk=first.pk).update(**fields)
    withdraw_appendix(first.pk, by=a_chief())

    assert told(meeting) == []


ASKED = "Vi beder om en skriftlig tilkendegivelse senest den 14. november 2023."


def test_an_item_for_information_whose_bilag_ask_for_an_answer_is_told_with_the_days() -> (
    None
):
    meeting = a_meeting()
    item = an_item(meeting, kind="information", action="notes")
    for _ in range(2):
        a_text(an_upload(item), ASKED)

    (only,) = found(meeting)

    assert only.spot.label == "2.1 Bilag\N{NO-BREAK SPACE}1–2"
    assert only.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "Punktet er en orienteringssag, men bilagene beder KKR Sjælland om en skriftlig "
        "tilkendegivelse inden 14. november 2023, 8 dage før mødet."
    )


@pytest.mark.parametrize(
    ("on", "asked_in", "words"),
    [
        (None, "2023", "Punktets svarfrist siger det ikke."),
        (date(2023, 11, 14), "2023", "Svarfristen er"),
        (date(2024, 11, 14), "2024", ""),
    ],
)
def test_an_answer_that_the_item_knows_of_is_told_only_when_it_is_due_too_early(
    on: date | None, asked_in: str, words: str
) -> None:
    meeting = a_meeting()
    known: dict[str, Any] = {"reply_deadline": "dated", "reply_on": on} if on else {}
    item = an_item(meeting, **known)
    a_text(an_upload(item), ASKED.replace("2023", asked_in))

    sentences = [sentence for _, _, sentence in told(meeting)]

    assert len(sentences) == bool(words)
    assert all(words in sentence for sentence in sentences)


def test_an_item_for_information_with_a_deadline_is_told() -> None:
    meeting = a_meeting()
    known: dict[str, Any] = {
        "reply_deadline": "dated",
        "reply_on": date(2023, 11, 14),
    }
    an_item(meeting, kind="information", action="notes", **known)
    an_item(meeting, **known)

    ((_, label, sentence),) = told(meeting)

    assert label == "2.1"
    assert sentence.startswith("Punktet er en orienteringssag, men har en svarfrist")


def test_an_answer_without_a_deadline_is_told_unless_its_absence_is_stated() -> None:
    meeting = a_meeting()
    an_item(meeting, action="answers", addressee="Ministeren")
    stated: dict[str, Any] = {"addressee": "Ministeren", "reply_deadline": "not_stated"}
    an_item(meeting, action="answers", **stated)

    assert [label for _, label, _ in told(meeting)] == ["2.1"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """The choices that an app is asked about; it finds a fault in each of them."""
    choices: list[Mapping[str, Any]] = []

    def of_records(options: Mapping[str, Any]) -> Sequence[Finding]:
        choices.append(options)
        text = f"Katalog {options.get('catalogue', 0)} er galt."
        return [Finding("bad", text, "/x/", section="Forslag 2")]

    monkeypatch.setattr(checks, "_registry", {})
    register_check("tests.catalogue", of_records)
    return choices


def test_each_choice_that_is_printed_is_asked_about_once(
    asked: list[Mapping[str, Any]],
) -> None:
    meeting = a_meeting()
    for choice in ({"catalogue": 1}, {"catalogue": 1}, {"catalogue": 2}):
        row = an_appendix(an_item(meeting), 1)
        Appendix.objects.filter(pk=row.pk).update(key=f"a-{row.pk}", options=choice)
    gone = an_appendix(an_item(meeting), 1)
    fields = {"sent_in": 1, "given_number": "1", "options": {"catalogue": 3}}
    Appendix.objects.filter(pk=gone.pk).update(key="gone", **fields)
    withdraw_appendix(gone.pk, by=a_chief())

    labels = [(label, text[:9]) for error, label, text in told(meeting) if error]

    assert labels == [("2.1 Bilag 1", "Katalog 1"), ("2.3 Bilag 1", "Katalog 2")]
    assert asked == [{"catalogue": 1}, {"catalogue": 2}]


@pytest.mark.usefixtures("asked")
def test_what_an_app_knows_is_told_of_meetings_that_print_its_records() -> None:
    without, with_it = a_meeting(), a_meeting(slug="2023-12-06")
    an_item(without)
    an_appendix(an_item(with_it), 1)
    a_packet(with_it)

    assert told(without) == []
    (only,) = found(with_it)
    assert (only.spot.label, only.spot.place) == (
        "2.1 Bilag 1",
        "s.\N{NO-BREAK SPACE}5",
    )


def test_the_docs_have_a_row_for_every_check_that_is_none_of_texts() -> None:
    text = (settings.BASE_DIR / "docs" / "checks.md").read_text(encoding="utf-8")
    tables = text.partition("## Empty fields")[2].partition("## What minutes")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| .*\b(error|warning)\b", tables, re.MULTILINE)

    # Of a file the intake tells besides what the check of texts tells of its pages.
    persons = {"covered"}
    assert [key for key, _ in rows] == list(dict.fromkeys(key for key, _ in rows))
    assert {key for key, _ in rows} == asked_by_meetings() | persons | {"known"}


def asked_by_meetings() -> set[str]:
    """The first word of every call that notes something found."""
    keys = set()
    for path in (settings.BASE_DIR / "meetings" / "checking").glob("*.py"):
        module = import_module(f"meetings.checking.{path.stem}")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            if getattr(call.func, "id", "") not in {"noted", "_error"}:
                continue
            key: Any = call.args[0]
            constant = key.id if isinstance(key, ast.Name) else ""
            said = key.value if isinstance(key, ast.Constant) else ""
            keys.add(str(said or getattr(module, constant, "")))
    return keys - {"", *(each.key for each in CHECKS)}
