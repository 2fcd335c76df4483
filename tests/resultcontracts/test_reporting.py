"""Answering by a signed link: what it opens, each sentence, drafts, two colleagues."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from core.letters import send_waiting
from documents.uploads import RefusedFileError
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import (
    Evidence,
    Measurement,
    ReportDraft,
    RoundLetter,
    RoundLink,
)
from resultcontracts.services import evidence, measurements, rounds
from tests.makers import HTMX, a_letter, a_secretary
from tests.makers_calls import DAY, a_reporter, a_round, an_asked_measure, measure_of
from tests.makers_contracts import a_measurement
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
MEASURED = {"answer": "maalt", "value": "41"}


@pytest.fixture(autouse=True)
def november(settings: Settings) -> None:
    """It is 8 November 2023."""
    settings.CLOCK_DATE = DAY


@pytest.fixture
def link() -> RoundLink:
    """The named person's link; its measure was 38 pct. in 2021."""
    council = a_council()
    secretary = a_secretary(council)
    found = a_round(council, secretary)
    row = measure_of(found)
    same = an_asked_measure(found.round.contract, 1, due_name="2021")
    a_measurement(same, "38", approver=secretary)
    assert row.question == same.question
    return found


def address(link: RoundLink) -> str:
    return f"/indberet/{link.token}/{measure_of(link).key}/"


def test_the_mail_carries_the_link_and_the_database_does_not(link: RoundLink) -> None:
    """One mail to the named person; what opens the link stands in the mail alone."""
    assert send_waiting(RoundLetter) == 1
    (sent,) = mail.outbox
    assert sent.to == ["mette@hus.example"]
    assert link.address in sent.body
    assert "senest fredag 10. november 2023" in sent.subject.replace("\xa0", " ")
    assert link.token not in RoundLetter.objects.get().body
    answer = Client().get(f"/indberet/{link.token}/")
    assertContains(answer, "1.2 Hvor stor en andel kender huset?")
    assertContains(answer, "Personligt link, uden login")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    link.refresh_from_db()
    assert link.opened_at is not None


def test_it_opens_nothing_else(link: RoundLink, settings: Settings) -> None:
    """A forged, renewed, or late link; a measure that was not asked; another's file."""
    other = an_asked_measure(link.round.contract, 3)
    client = Client()
    assert client.get(f"/indberet/{link.token}/{other.key}/").status_code == 404
    assert client.get(f"/indberet/{link.token}x/").status_code == 404
    assert client.get(f"/indberet/{link.token}/fil/1/").status_code == 404
    settings.CLOCK_DATE = date(2023, 11, 15)
    assert client.get(address(link)).status_code == 200
    settings.CLOCK_DATE = date(2023, 11, 16)
    for method in (client.get, client.post):
        late = method(address(link), MEASURED)
        words = (
            "Linket virkede til 15.\xa0november\xa02023. Bed sekretariatet om et nyt."
        )
        assertContains(late, words, status_code=410)
    assert not Measurement.objects.filter(asked_in=link.round_id).exists()
    settings.CLOCK_DATE = DAY
    council = link.round.contract.council
    rounds.set_contact(
        council.pk,
        link.round.contract.house_id,
        version=1,
        by=a_user(council, Role.CHIEF),
        name="Bo",
        email="bo@hus.example",
    )
    assert client.get(address(link)).status_code == 404


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"answer": "maalt", "value": "12,5.3"}, "12,5.3 er ikke et tal. Skriv fx 12,5."),
    ({"answer": "maalt", "value": "ca. 40"}, "ca. 40 er ikke et tal. Skriv fx 40."),
    ({"answer": "maalt", "value": "140"},
     "140 er over 100 pct. Er det et antal, så skriv det under Svarede ja."),
    ({"answer": "maalt", "value": "43", "counted": "41", "asked": "100"},
     "41 af 100 er 41,0 pct., men du skrev 43. Ret det ene."),
    ({"answer": "maalt", "counted": "101", "asked": "100"},
     "Svarede ja er større end spurgte virksomheder."),
    ({"answer": "maalt", "value": "60"},
     "Sidst var tallet 38. Er 60 rigtigt? Så sæt kryds, og send igen."),
    ({"answer": "maalt"}, "Skriv tallet, eller vælg ”Det er ikke målt”."),
    ({"answer": "ikke"}, "Vælg, hvorfor det ikke er målt."),
    ({"answer": "ikke", "reason": "awaited", "why": "x" * 301}, "Skriv højst 300 tegn."),
    ({}, "Vælg, om det er målt."),
    ({"answer": "maalt", "value": "4" * 41}, "Skriv højst 40 tegn."),
]  # fmt: skip


def test_each_wrong_answer_gets_its_sentence_and_keeps_what_was_typed(
    link: RoundLink,
) -> None:
    """422, the sentence at the field and in the summary, the typed text; nothing saved."""
    client = Client()
    for typed, sentence in REFUSED:
        answer = client.post(address(link), typed)
        assertContains(answer, sentence, count=2, status_code=422)
        for text in typed.values():
            assertContains(answer, text, status_code=422)
    for name, content in (
        ("tal.pdf", b"<html><script>alert(1)</script>"),
        ("tal.pdf", b"PK\x03\x04" + b"x" * 90),
        ("tal.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 90),
    ):
        sent = {**MEASURED, "file": SimpleUploadedFile(name, content)}
        assert client.post(address(link), sent).status_code == 422
    words = "Filen er ikke PDF, Word eller Excel. Gem den som PDF, og vælg den igen."
    sent = {**MEASURED, "file": SimpleUploadedFile("tal.pdf", b"GIF89a")}
    assertContains(client.post(address(link), sent), words, status_code=422)
    assert not Measurement.objects.filter(asked_in=link.round_id).exists()
    assert not Evidence.objects.exists()


def test_an_answer_is_sent_with_its_receipt_and_changed(link: RoundLink) -> None:
    """Sent, seen, put right, corrected once approved; who sent it is told."""
    client, page = Client(), address(link)
    draft = client.post(page, {"gem": "kladde", "answer": "maalt", "value": "12,5.3"})
    assert draft.status_code == 302
    assertContains(client.get(page), "12,5.3")
    swapped = client.post(
        page, {"gem": "kladde", "answer": "ikke", "reason": "awaited"}, headers=HTMX
    )
    assertContains(swapped, "Ikke målt. Hus venter på tal fra Erhvervsstyrelsen.")
    assertNotContains(swapped, "<h1")
    sent = {**MEASURED, "file": SimpleUploadedFile("opgørelse.pdf", a_letter("Tal"))}
    assert client.post(page, sent).status_code == 302
    row: Any = Measurement.objects.get(asked_in=link.round_id)
    assert (row.state, row.low, row.entered_by) == (State.SUBMITTED, 41, "Mette Holm")
    assert row.entered_through == "via link til Mette Holm, Hus"
    assert not ReportDraft.objects.exists()
    receipt = client.get(page)
    for words in (
        "Tallet er sendt",
        "41 pct.",
        "opgørelse.pdf",
        "Ret svaret",
        "ikke oplyst",
    ):
        assertContains(receipt, words)
    file = client.get(f"/indberet/{link.token}/fil/{Evidence.objects.get().pk}/")
    assert file["Content-Disposition"].startswith("attachment")
    assert (file["X-Content-Type-Options"], file["Content-Type"]) == (
        "nosniff",
        evidence.PDF,
    )
    seen = f"{row.pk}:{row.version}"
    client.post(
        page, {"answer": "maalt", "counted": "42", "asked": "100", "seen": seen}
    )
    row.refresh_from_db()
    assert (row.low, row.counted, row.state) == (42, 42, State.SUBMITTED)
    chief = a_user(link.round.contract.council, Role.CHIEF)
    row = measurements.approve(row.pk, version=row.version, by=chief)
    absent = {"answer": "ikke", "reason": "not_measured", "expected": "marts 2024",
              "why": "Skemaet skal <b>om</b>", "seen": f"{row.pk}:{row.version}"}  # fmt: skip
    client.post(page, absent)
    correction = Measurement.objects.get(corrects=row)
    assert (correction.low, correction.state) == (None, State.SUBMITTED)
    assertContains(
        client.get(page),
        "Ikke målt. Hus har ikke målt det endnu. Tallet ventes marts 2024. "
        "Skemaet skal &lt;b&gt;om&lt;/b&gt;.",
    )


def test_a_draft_says_who_saved_it_by_which_link(link: RoundLink) -> None:
    """The history has that, and not what was typed."""
    Client().post(address(link), {"gem": "kladde", "answer": "maalt", "value": "4"})
    kept = ReportDraft.objects.get()
    assert (kept.saved_by, kept.saved_through) == (
        "Mette Holm", "via link til Mette Holm, Hus",
    )  # fmt: skip
    event: Any = kept.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["who"] == "Mette Holm"
    assert not hasattr(event, "typed"), "what was typed is the writer's own"


def test_two_colleagues_see_both_answers(link: RoundLink) -> None:
    """One by the link, one signed in: the second is told, and may send it anyway."""
    contract = link.round.contract
    reporter = a_reporter(contract.council, contract)
    own = Client()
    own.force_login(reporter)
    page = f"/resultatkontrakt/{contract.slug}/indberet/{measure_of(link).key}/"
    assertContains(own.get(page), "Det er målt")
    Client().post(address(link), MEASURED)
    both = own.post(page, {"answer": "maalt", "value": "40,5"})
    assertContains(both, "Dit og det sendte er ikke ens.", status_code=409)
    assertContains(both, "41 pct.", status_code=409)
    assertContains(both, "40,5 pct.", status_code=409)
    row = Measurement.objects.get(asked_in=link.round_id)
    assert row.low == 41
    same = own.post(page, MEASURED)
    assert same.status_code == 302, "the same answer is no conflict"
    seen = {"seen": f"{row.pk}:{row.version}"}
    own.post(page, {"answer": "maalt", "value": "40,5", **seen})
    row.refresh_from_db()
    assert (str(row.low.normalize()), row.entered_by) == ("40.5", str(reporter))
    stranger = Client()
    stranger.force_login(a_user(contract.council, Role.CHIEF))
    assert stranger.get(page).status_code == 404


def test_a_list_asks_as_much_whatever_it_holds(
    link: RoundLink, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """At most eight queries, for one measure and for four."""
    about = link.round
    client = Client()
    client.get(f"/indberet/{link.token}/")
    for places in ((), (3, 4, 5)):
        rows = [an_asked_measure(about.contract, place) for place in places]
        about.measures += [row.pk for row in rows]
        about.save()
        with django_assert_max_num_queries(8):
            page = client.get(f"/indberet/{link.token}/")
        assertContains(page, "Ikke besvaret", count=1 + len(places))


def test_twenty_files_beside_a_number_and_no_more(link: RoundLink) -> None:
    """The one too many is told beside its field, and nothing is sent with it."""
    client, page = Client(), address(link)
    client.post(page, MEASURED)
    row = Measurement.objects.get(asked_in=link.round_id)
    told = {"goal": row.measure.goal, "measurement": row, "title": "x"}
    Evidence.objects.bulk_create(
        Evidence(**told, file=f"{n:064}") for n in range(evidence.MOST)
    )
    more = SimpleUploadedFile("mere.pdf", a_letter("Mere"))
    sent = {"answer": "maalt", "value": "42", "seen": f"{row.pk}:{row.version}"}
    refused = client.post(page, {**sent, "file": more})
    assertContains(refused, evidence.TOO_MANY, status_code=422)
    row.refresh_from_db()
    assert row.low == Decimal(41)
    assert row.evidence.count() == evidence.MOST


def test_files_are_judged_by_what_is_in_them(tmp_path: Path) -> None:
    """A file over the limit is refused before it is read."""
    large = tmp_path / "stor.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(20 * 1024 * 1024 + 1)
    with pytest.raises(RefusedFileError, match="mere end 20 MB"):
        evidence.take_in(large, "stor.pdf")
