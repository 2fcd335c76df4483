"""Positions: who may give and read them, what they need, how they are counted."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.errors import RuleViolationError
from core.models import Draft
from proposals.choices import Stance
from proposals.models import CallLetter, Position, PositionCall, Proposal
from proposals.queries.allowed import Cell
from proposals.queries.answer_pages import answer_page
from proposals.queries.record_lines import RecordLine
from proposals.services import calls, positions
from proposals.stances import Tally
from tests.makers_packets import a_user
from tests.makers_positions import (
    DAY,
    DUE,
    a_call,
    a_place,
    a_position,
    a_secretary,
    answer_data,
    director,
    seat_of,
)
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from datetime import date

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings


pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MATRIX = "/forslag/holdninger/"
SIGNED = {"signer": "Anna Borg", "given_on": "14.03.2024"}


@pytest.fixture(autouse=True)
def march(settings: Settings) -> None:
    """It is 14 March 2024."""
    settings.CLOCK_DATE = DAY


@pytest.fixture
def proposal() -> Proposal:
    """Proposal 1, called for from Faxe and Greve."""
    for name in ("Faxe", "Greve", "Lejre"):
        a_place(name)
    found = a_proposal(1)
    director("Faxe"), director("Greve")
    a_call(found)
    return found


def at(proposal: Proposal, place: str) -> str:
    return f"/forslag/holdninger/{proposal.number}/{a_place(place).code}/"


def stance_of(place: str) -> str:
    row = Position.objects.filter(municipality__name=place).first()
    return row.stance if row else ""


def set_day(settings: Settings, day: date) -> None:
    settings.CLOCK_DATE = day


def test_a_municipality_without_an_answer_is_counted_by_itself_and_never_as_no() -> (
    None
):
    given = [Stance.SUPPORTS] * 12 + [Stance.RESERVED, Stance.AGAINST, Stance.DECLINES]

    tally = Tally.of(given, 17)

    assert [line.count for line in tally.lines] == [12, 1, 1, 3]
    assert tally.sentence == (
        "12 støtter, 1 støtter med forbehold, 1 støtter ikke og 3 har ikke svaret."
    )
    assert (len(tally.squares), tally.all, tally.given) == (17, 17, 14)
    assert (Tally() + tally) == tally
    assert Tally.of([], 200).squares == ()


def test_a_director_answers_for_the_own_municipality_and_reads_the_others(
    client: Client, proposal: Proposal
) -> None:
    a_position(proposal, "Greve", Stance.AGAINST, reason="Greves grund.")
    client.force_login(director("Faxe"))

    opened = client.get(at(proposal, "Faxe"))
    assertContains(opened, "Gem svar")
    saved = client.post(at(proposal, "Faxe"), answer_data(), follow=True)

    assertContains(saved, "Faxe, forslag 1: støtter ikke")
    for name, was in (("stance", ""), ("record", proposal.key), ("version", "2")):
        assertContains(saved, f'<input type="hidden" name="{name}" value="{was}"')
    row = Position.objects.get(municipality__name="Faxe")
    assert (row.entered_by, row.signer, row.version) == ("director", "Anna Borg", 2)
    other = client.get(at(proposal, "Greve"))
    assertContains(other, "Greves grund.")
    assertNotContains(other, "Gem svar")
    assert client.post(at(proposal, "Greve"), answer_data()).status_code == 404
    assert stance_of("Greve") == Stance.AGAINST


def test_only_the_secretariat_and_directors_of_what_was_called_see_anything(
    client: Client, proposal: Proposal
) -> None:
    a_proposal(2)
    a_unit(1)
    pages = [MATRIX, "/forslag/holdninger/1/", at(proposal, "Faxe")]
    for role in (Role.MEMBER, Role.ADMINISTRATOR):
        client.force_login(a_user(role=role, email=f"{role}@x.example"))
        assert {client.get(page).status_code for page in pages} == {404}
    client.logout()
    assert {client.get(page).status_code for page in pages} == {302}
    client.force_login(director("Faxe"))
    assert {client.get(page).status_code for page in pages} == {200}
    # What nobody called for is a draft, and a draft is the secretariat's.
    for page in ("/forslag/holdninger/2/", "/samdrift/holdninger/", "/forslag/1/"):
        assert client.get(page).status_code == 404
    assertNotContains(client.get(MATRIX), "/forslag/holdninger/2/")
    greve = f"/forslag/holdninger/kommuner/{a_place('Greve').code}/"
    assert client.get(greve).status_code == 404


REFUSED = [
    ({"reason": ""}, "Skriv begrundelsen."),
    ({"stance": "reserved", "reason": " "}, "Skriv begrundelsen."),
    ({"signer": ""}, "Skriv, hvem der har afgivet svaret."),
    ({"given_on": ""}, "Skriv, hvornår svaret er afgivet."),
    ({"given_on": "15.03.2024"}, "Vælg en dag, der er gået."),
    ({"stance": "måske"}, "Vælg et af svarene."),
]


def test_what_an_answer_lacks_is_said_beside_it_and_the_text_is_kept(
    client: Client, proposal: Proposal
) -> None:
    client.force_login(a_secretary())
    for changed, words in REFUSED:
        data = answer_data(**({"signer": "Min underskrift"} | changed))
        for headers in ({}, HTMX):
            refused = client.post(at(proposal, "Faxe"), data, headers=headers)
            assertContains(refused, words, status_code=422)
            assertContains(refused, data["reason"].strip(), status_code=422)
    assert stance_of("Faxe") == ""
    # No answer has nothing beside it, and is not a position.
    client.post(at(proposal, "Faxe"), answer_data(stance="declines", reason=""))
    assert stance_of("Faxe") == Stance.DECLINES
    client.post(at(proposal, "Faxe"), answer_data(2, stance="", reason="x"))
    row = Position.objects.get(municipality__name="Faxe")
    assert (row.stance, row.reason, row.signer) == ("", "", "")


def test_two_who_answer_the_same_field_are_asked_and_nothing_is_lost(
    client: Client, proposal: Proposal
) -> None:
    client.force_login(director("Faxe"))
    # Both opened it while nobody had answered.
    a_position(proposal, "Faxe", Stance.SUPPORTS, signer="Sekretariatet")

    clash = client.post(at(proposal, "Faxe"), answer_data())

    assertContains(clash, "I har begge rettet i Faxe, forslag 1", status_code=409)
    assertContains(clash, "Det løser ikke problemet.", status_code=409)
    assert stance_of("Faxe") == Stance.SUPPORTS
    chosen = answer_data(
        version__seen="2", stance__choice="mine", signer__choice="mine"
    )
    still = client.post(at(proposal, "Faxe"), answer_data(version__seen="2"))
    assert still.status_code == 422
    client.post(at(proposal, "Faxe"), chosen | {"given_on__choice": "mine"})
    assert stance_of("Faxe") == Stance.AGAINST


def test_when_the_call_closes_only_the_secretariat_corrects_with_a_reason(
    client: Client, proposal: Proposal, settings: Settings
) -> None:
    a_position(proposal, "Faxe")
    call = PositionCall.objects.get()
    set_day(settings, DUE)
    assert call.is_open
    for is_by_hand in (False, True):
        set_day(settings, DAY if is_by_hand else DAY.replace(month=5))
        if is_by_hand:
            calls.close_call(call.pk, by=a_secretary())
        client.force_login(director("Faxe"))
        late = client.post(at(proposal, "Faxe"), answer_data(2, reason="For sent"))
        assertContains(late, "Opkaldet lukkede", status_code=422)
        assertContains(late, "For sent", status_code=422)
        client.force_login(director("Greve"))
        late = client.post(at(proposal, "Greve"), answer_data())
        assertContains(late, "Det løser ikke problemet.", status_code=422)
        assert (stance_of("Faxe"), stance_of("Greve")) == (Stance.SUPPORTS, "")
    client.force_login(a_secretary())
    unsaid = client.post(at(proposal, "Faxe"), answer_data(2))
    assertContains(unsaid, "Skriv, hvorfor svaret rettes", status_code=422)
    data = answer_data(2, correction="Tastefejl")
    corrected = client.post(at(proposal, "Faxe"), data, follow=True)
    assertContains(corrected, "Faxe, forslag 1: støtter ikke")
    assertNotContains(corrected, 'name="stance"')
    row = Position.objects.get(municipality__name="Faxe")
    assert (row.stance, row.correction) == (Stance.AGAINST, "Tastefejl")
    assert row.entered_by == "secretariat"


def test_a_closed_call_is_opened_again_with_a_reason(
    client: Client, proposal: Proposal
) -> None:
    call = PositionCall.objects.get()
    calls.close_call(call.pk, by=a_secretary())
    client.force_login(a_secretary())
    # Lejre was not asked: no call closed for it.
    client.post(at(proposal, "Lejre"), answer_data())
    assert stance_of("Lejre") == Stance.AGAINST
    url = f"{MATRIX}opkald/frist/"
    sent = {"due_reason": "Byrådet er forsinket", "version": call.version + 1}
    unsaid = client.post(url, sent | {"due_on": "05.04.2024", "due_reason": " "})
    assertContains(unsaid, "Skriv hvorfor.", status_code=422)
    gone = client.post(url, sent | {"due_on": "01.03.2024"})
    assertContains(gone, "Vælg en dag, der ikke er gået.", status_code=422)
    client.post(url, sent | {"due_on": "05.04.2024"})
    letter = CallLetter.objects.filter(kind="extended").latest("pk")
    assert "Byrådet er forsinket" in letter.body
    client.force_login(director("Greve"))
    client.post(at(proposal, "Greve"), answer_data())
    assert stance_of("Greve") == Stance.AGAINST


def test_a_call_is_written_seen_and_sent(client: Client) -> None:
    first, second = a_proposal(1), a_proposal(2)
    faxe, lejre = a_place("Faxe"), a_place("Lejre")
    director("Faxe")
    gone = a_user(role=Role.DIRECTOR, email="gammel@faxe.example", municipality=faxe)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    client.force_login(a_secretary())
    url = f"{MATRIX}opkald/"
    data: dict[str, object] = {
        "due_on": "05.04.2024", "note": "Kort, tak.", "remind_before": "3",
        "municipalities": [faxe.pk],
    }  # fmt: skip

    nothing = client.post(url, data)
    assertContains(nothing, "Vælg, hvad der skal svares på.", status_code=422)
    assertContains(nothing, "Kort, tak.", status_code=422)
    past = client.post(url, data | {"due_on": "01.03.2024", "records": [first.pk]})
    assertContains(past, "Vælg en dag, der ikke er gået.", status_code=422)
    both = [faxe.pk, lejre.pk]
    data |= {"records": [first.pk, second.pk], "municipalities": both}
    page = client.post(url, data, follow=True)
    assertContains(page, "director@faxe.example")
    assertContains(page, "Portalen kender ingen direktør: Lejre")
    assert not CallLetter.objects.exists()
    client.post(f"{url}mail/")
    letter = CallLetter.objects.get()
    assert letter.to == ["director@faxe.example"]
    assert "2 forslag senest 5. april 2024" in letter.subject.replace("\xa0", " ")
    assert f"kommuner/{faxe.code}/" in letter.body
    again = client.post(url, data, follow=True)
    assertContains(again, "Opkaldet er sendt og kan ikke ændres.")


def test_whoever_lacks_answers_is_reminded_once_a_day(client: Client) -> None:
    first, second = a_proposal(1), a_proposal(2)
    director("Faxe")
    a_call(first, second, places=("Faxe", "Lejre"))
    client.force_login(a_secretary())
    url = f"{MATRIX}opkald/"
    a_position(first, "Faxe")
    matrix = client.get(MATRIX)
    assertContains(matrix, "Send påmindelse til&nbsp;2")
    assertContains(matrix, "forslag 2")
    assertContains(client.get(f"{url}paamindelse/"), "mangler forslag 2")
    client.post(f"{url}paamindelse/")
    client.post(f"{url}paamindelse/")
    letter = CallLetter.objects.get(kind="reminder")
    assert "mangler jeres holdning til forslag 2 i" in letter.body
    assertContains(client.get(f"{url}paamindelse/"), "er påmindet i dag")
    # Whoever declines lacks nothing, but has not answered.
    a_position(second, "Faxe", Stance.DECLINES)
    matrix = client.get(MATRIX)
    assertContains(matrix, "Send påmindelse til&nbsp;1")
    assertContains(matrix, "Faxe ønsker ikke at tage stilling til forslag 2.")


def test_all_answers_of_a_municipality_are_saved_at_once_and_collide_one_by_one(
    client: Client, proposal: Proposal
) -> None:
    others = [a_proposal(2), a_proposal(3)]
    call = PositionCall.objects.get()
    calls.close_call(call.pk, by=a_secretary())
    a_call(proposal, *others)
    client.force_login(director("Faxe"))
    url = f"/forslag/holdninger/kommuner/{a_place('Faxe').code}/"
    one, two, three = proposal.pk, others[0].pk, others[1].pk
    data = {"signer": "Anna Borg", "given_on": "14.03.2024"}
    for pk in (one, two, three):
        data |= {f"stance_{pk}": "", f"reason_{pk}": "", f"version_{pk}": "1"}
    data |= {f"stance_{one}": "supports", f"stance_{two}": "reserved"}

    lacking = client.post(url, data)
    assertContains(lacking, "Skriv begrundelsen.", status_code=422)
    assert not Position.objects.exclude(stance="").exists()
    a_position(others[0], "Faxe", Stance.AGAINST, reason="Sekretariatets grund")
    data[f"reason_{two}"] = "Min grund"
    clash = client.post(url, data)
    assertContains(clash, "En anden har svaret på forslag 2", status_code=409)
    assertContains(clash, "Sekretariatets grund", status_code=409)
    assertContains(clash, "Min grund", status_code=409)
    assert Position.objects.get(proposal=one).stance == Stance.SUPPORTS
    assert Position.objects.get(proposal=two).stance == Stance.AGAINST
    data |= {f"version_{one}": "2", f"set_{two}": "2"}
    assertContains(client.post(url, data), "Vælg, hvilket svar", status_code=422)
    done = client.post(url, data | {f"valg_{two}": "mit"}, follow=True)
    assertContains(done, "1\xa0svar er gemt.")
    row = Position.objects.get(proposal=two)
    assert (row.stance, row.reason) == (Stance.RESERVED, "Min grund")
    assert not Position.objects.filter(proposal=three).exclude(stance="").exists()
    # What is missing stands first.
    shown = client.get(url).context["answers"]
    assert [each.record.number for each in shown] == [3, 1, 2]


def test_answers_that_come_after_the_call_has_closed_are_shown_and_the_rest_is_saved(
    client: Client, proposal: Proposal, settings: Settings
) -> None:
    other, call = a_proposal(2), PositionCall.objects.get()
    url = f"{MATRIX}kommuner/{a_place('Faxe').code}/"
    data = dict(SIGNED)
    for pk, reason in ((proposal.pk, "Vores lange grund"), (other.pk, "")):
        data |= {f"stance_{pk}": "against", f"reason_{pk}": reason}
        data |= {f"version_{pk}": "1"}
    client.force_login(director("Faxe"))
    opened = client.get(url).content.decode()
    # By hand a little after midnight, which is the day before in Greenwich.
    calls.close_call(call.pk, by=a_secretary())
    PositionCall.objects.update(closed_at=datetime(2024, 3, 31, 22, 30, tzinfo=UTC))

    for is_lacking in (True, False):
        if not is_lacking:
            a_call(other, places=("Faxe",))
            data[f"reason_{other.pk}"] = "Rettidig grund"
        ticket = dict(re.findall(r'name="(kladde)" value="([^"]+)"', opened))
        late = client.post(url, data | ticket)
        for words in ("Vores lange grund", "Opkaldet lukkede 1.\xa0april\xa02024"):
            assertContains(late, words, status_code=422)
        assert ("Intet på siden kan gemmes nu." in late.text) == is_lacking
        assert (">Gem alle</button>" in late.text) != is_lacking
        assert stance_of("Faxe") == ("" if is_lacking else Stance.AGAINST)

    row = Position.objects.exclude(stance="").get()
    assert (row.proposal, row.reason) == (other, "Rettidig grund")
    assert "Vores lange grund" in str(Draft.objects.get(closed_at=None).posted)
    assertContains(
        late, "1\xa0svar er ikke gemt. Det står herunder hvorfor.", status_code=422
    )
    settings.CLOCK_DATE = DAY.replace(day=15)
    client.force_login(a_secretary())
    late = client.post(url, data | {f"version_{other.pk}": "2"})
    assertContains(late, "Ret det i matrixen, og skriv hvorfor.", status_code=422)
    assert not Position.objects.filter(proposal=proposal).exclude(stance="").exists()


def test_a_municipality_answers_on_more_records_than_a_thousand_fields_hold(
    client: Client,
) -> None:
    first = a_proposal(1)
    Proposal.objects.bulk_create(
        Proposal(
            catalogue=first.catalogue,
            theme=first.theme,
            key=f"p{n}",
            number=n,
            title="x",
        )
        for n in range(2, 335)
    )
    a_place("Faxe")
    a_call(*Proposal.objects.order_by("number"), places=("Faxe",))
    client.force_login(director("Faxe"))
    data = dict(SIGNED)
    for pk in Proposal.objects.values_list("pk", flat=True):
        data |= {f"stance_{pk}": "", f"reason_{pk}": "", f"version_{pk}": "1"}
    assert len(data) > 1000

    url = f"{MATRIX}kommuner/{a_place('Faxe').code}/"
    assert (
        client.post(url, data | {f"stance_{first.pk}": "supports"}).status_code == 302
    )
    assert stance_of("Faxe") == Stance.SUPPORTS

    # A page shows 50; each button saves what is typed, and a refused one keeps it.
    page = client.get(url)
    assertContains(page, "Side 1 af 7: forslag 1–50. 49\xa0svar mangler på siden.")
    assertContains(page, '<fieldset class="panel answer', count=50)
    assertContains(page, '<a href="?side=7">side 7</a> (34)')
    own = [row.pk for row in page.context["page"].records]
    other, last = own[1], Proposal.objects.get(number=334).pk
    sent = {k: v for k, v in data.items() if k in SIGNED or int(k.split("_")[1]) in own}
    wrong = {**sent, f"stance_{other}": "against", f"reason_{other}": "", "videre": "2"}
    lacks = client.post(url, wrong)
    assertContains(lacks, '<fieldset class="panel answer', count=50, status_code=422)
    assert lacks.context["form"][f"stance_{other}"].value() == "against"
    asked = client.post(url, wrong | {f"reason_{other}": "Nej tak"})
    assertRedirects(asked, f"{url}?side=2", fetch_redirect_response=False)
    assert Position.objects.get(proposal=other).reason == "Nej tak"
    assertContains(client.get(f"{url}?side=7"), "Side 7 af 7: forslag 301–334.")
    # A form is of the records it was opened with, also when they have moved meanwhile.
    moved = {f"stance_{last}": "supports", f"version_{last}": "1"}
    client.post(f"{url}?side=1", SIGNED | moved)
    assert Position.objects.get(proposal=last).stance == Stance.SUPPORTS


def test_an_address_gets_a_page_of_answers_that_is_there() -> None:
    records = [RecordLine(n, f"p{n}", n, "x") for n in range(1, 121)]
    rows = {n: Position(stance="supports" if n < 60 else "") for n in range(1, 121)}
    for asked, number in (("1", 1), ("2", 2), ("3", 3), ("", 2), ("0", 2), ("4", 2),
                          ("99999999", 2), ("-1", 2), ("²", 2), ("x", 2)):  # fmt: skip
        page = answer_page(records, rows, {60, 61}, asked)
        assert (page.number, page.count, page.missing) == (number, 3, (0, 39, 20))
    assert page.missing_elsewhere == ((3, 20),)
    nothing = answer_page([], {}, {}, "")
    assert (nothing.number, nothing.count, nothing.records) == (1, 1, ())


def test_the_matrix_is_cut_and_costs_the_same_whatever_its_size(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = a_proposal(1)
    a_place("Faxe")
    director("Faxe")
    a_call(first, places=("Faxe",))
    for number in range(2, 53):
        a_proposal(number)
    for number in range(44):
        a_place(f"Kommune {number:02}")
    a_position(first, "Faxe")
    code = a_place("Faxe").code
    urls = [
        MATRIX,
        f"{MATRIX}?side=2&kommuner=3",
        f"{MATRIX}?side=99&kommuner=x",
        f"{MATRIX}1/",
        f"{MATRIX}1/{code}/",
        f"{MATRIX}kommuner/{code}/",
        f"{MATRIX}opkald/paamindelse/",
        f"{MATRIX}opkald/frist/",
        f"{MATRIX}opkald/lukning/",
        "/forslag/1/",
    ]
    for user in (a_secretary(), director("Faxe")):
        client.force_login(user)
        for url in urls:
            with django_assert_max_num_queries(8):
                client.get(url)
    client.force_login(a_secretary())
    page = client.get(MATRIX)
    assert len(page.context["cut"].places) == 15
    assert sum(len(group.rows) for group in page.context["cut"].groups) == 50
    assert page.context["board"].total.all == 52 * 45
    assertContains(page, "Side 1 af 2")


def test_htmx_opens_a_field_under_its_row_and_swaps_the_row_and_the_counts(
    client: Client, proposal: Proposal
) -> None:
    client.force_login(a_secretary())

    opened = client.get(at(proposal, "Faxe"), headers=HTMX)
    assertContains(opened, f'hx-post="{at(proposal, "Faxe")}"')
    assertNotContains(opened, "<html")
    saved = client.post(at(proposal, "Faxe"), answer_data(), headers=HTMX)
    assertContains(saved, 'id="raekke-1" hx-swap-oob="true"')
    assertContains(saved, 'aria-label="Faxe, forslag 1: støtter ikke"')
    assertContains(saved, "data-focus", count=1)
    undo = {"stance": "", "reason": "", "signer": "", "given_on": "", "version": "2"}
    for name, value in undo.items():
        assertContains(saved, f'name="{name}" value="{value}"')
    client.post(at(proposal, "Faxe"), undo)
    assert stance_of("Faxe") == ""
    closed = client.get(f"{at(proposal, 'Faxe')}?luk=1", headers=HTMX)
    assertContains(closed, 'id="raekke-1"')


def test_a_stance_is_the_seats_own_to_give() -> None:
    proposal = a_proposal(1)
    cell = Cell(a_place("Faxe"), proposal)
    user = director("Faxe")
    with pytest.raises(RuleViolationError, match="ikke spurgt"):
        positions.begun(cell, seat=seat_of(user), by=user)
