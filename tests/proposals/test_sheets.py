"""A catalogue as spreadsheets: out, back, seen, confirmed, taken back."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_save
from openpyxl import load_workbook

from core import clock
from core.errors import RuleViolationError
from proposals.choices import CatalogueKind, TermKind
from proposals.models import (
    Figure,
    Point,
    Position,
    Proposal,
    SheetExport,
    SheetImport,
    Term,
)
from proposals.services import sheet_files, sheets
from proposals.services.points import edit_point
from proposals.services.records import edit_record, remove_record
from tests.makers import a_chief, an_outsider
from tests.makers_packets import a_council
from tests.makers_proposals import a_catalogue, a_proposal, a_unit
from tests.makers_questions import a_place
from tests.proposals.desk import Desk, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


pytestmark = pytest.mark.django_db
START = "/forslag/regneark/"
IDEA = (
    "<p>En <strong>vigtig</strong> idé.</p><ul><li><p>Punkt</p></li></ul><p>Slut.</p>"
)


@pytest.fixture
def desk() -> Desk:
    a_place("Faxe")
    a_place("Greve")
    row = a_proposal(7, idea=IDEA)
    a_proposal(9, gains=(), risks=(), title="=HYPERLINK(1)", idea="")
    for position, name in enumerate(("virksomheder", "brancher"), 1):
        Term.objects.create(
            proposal=row, kind=TermKind.ACTOR, position=position, text=name
        )
    for position, printed in enumerate(("4-5", "godt 1.753", "½"), 1):
        Figure.objects.create(
            proposal=row,
            position=position,
            printed=printed,
            what="uger",
            measure="uger",
        )
    return Desk()


def test_what_is_fetched_and_sent_back_changes_nothing(desk: Desk) -> None:
    found = desk.see()
    assert told(found) == {"changes": [], "wrong": [], "stale": []}
    assert found.row_count == found.unchanged_count
    assert found.rows == {
        "Forslag": 2,
        "Punkter": 4,
        "Tal": 3,
        "Holdninger": 2 * desk.catalogue.council.municipalities.count(),
    }
    assert not found.notes


@pytest.mark.parametrize("sheet", ["proposals", "points", "figures", "positions"])
def test_a_csv_file_that_is_sent_back_changes_nothing(
    desk: Desk, client: Client, sheet: str
) -> None:
    client.force_login(desk.by)
    handed = client.post("/forslag/regneark/hent/", {"ark": sheet})
    assert '.csv"' in handed["Content-Disposition"]
    sent = SimpleUploadedFile("a.csv", handed.content)
    answer = client.post(START, {"file": sent}, follow=True)
    found = answer.context["found"]
    assert told(found) == {"changes": [], "wrong": [], "stale": []}
    assert found.row_count
    assert "Filen svarer til portalen" in answer.text


def test_cells_that_are_changed_are_shown_and_written_as_one_act(desk: Desk) -> None:
    desk.cell("Forslag", 2, "Titel", "Ny titel")
    desk.cell("Forslag", 2, "Aktører", "virksomheder; a-kasser")
    desk.cell("Forslag", 2, "Ideen", "En vigtig idé.\n\n- Punkt\n- Et til\n\nSlut.")
    desk.cell("Punkter", 3, "Tekst", "Flere timer")
    desk.cell("Tal", 2, "Tal, som det trykkes", "4-6")
    desk.cell("Tal", 3, "År", "2023")
    desk.cell("Tal", 4, "Udledt", "x")
    assert told(desk.see())["changes"] == [
        "Forslag 2: Titel: Forslag om praktik 7 > Ny titel",
        "Forslag 2: Ideen: En vigtig idé.\n\n- Punkt\n\nSlut. > "
        "En vigtig idé.\n\n- Punkt\n- Et til\n\nSlut.",
        "Forslag 2: Aktører: virksomheder; brancher > virksomheder; a-kasser",
        "Punkter 3: Tekst: Flere løntimer > Flere timer",
        "Tal 2: Tal, som det trykkes: 4-5 > 4-6",
        "Tal 3: År:  > 2023",
        "Tal 4: Udledt:  > ja",
    ]
    done = desk.let()
    row = Proposal.objects.get(number=7)
    assert row.title == "Ny titel"
    assert row.idea == (
        "<p>En <strong>vigtig</strong> idé.</p><ul><li><p>Punkt</p></li>"
        "<li><p>Et til</p></li></ul><p>Slut.</p>"
    )
    assert list(row.terms.values_list("text", flat=True)) == [
        "virksomheder",
        "a-kasser",
    ]
    assert [p.text for p in row.points.present().filter(kind="gain")][
        1
    ] == "Flere timer"
    figures = list(row.figures.order_by("position"))
    assert figures[0].printed == "4-6"
    assert (figures[0].low, figures[0].high) == (Decimal(4), Decimal(6))
    assert figures[1].year == 2023
    assert figures[2].is_derived
    assert done.field_count == 7
    events: Any = row.events  # type: ignore[attr-defined]
    contexts = {event.pgh_context_id for event in events.filter(title="Ny titel")}
    assert len(contexts) == 1
    told_verb = events.filter(title="Ny titel").first().pgh_context.metadata["verb"]
    assert told_verb == "indlæste regnearket a.xlsx"
    # The same file again asks for nothing.
    assert not desk.see().changes


def test_taking_it_back_brings_all_back_but_what_was_changed_since(desk: Desk) -> None:
    desk.cell("Forslag", 2, "Titel", "Ny titel")
    desk.cell("Forslag", 2, "Aktører", "")
    desk.cell("Punkter", 2, "Tekst", "Et andet punkt")
    desk.add("Punkter", Forslag="7", Slags="Gevinst", Tekst="Helt ny")
    desk.add("Tal", Forslag="9", **{"Tal,_som_det_trykkes": "12", "Hvad": "måneder"})
    done = desk.let()
    assert Point.objects.filter(text="Helt ny", position__isnull=False).count() == 1
    assert Figure.objects.get(what="måneder").proposal.number == 9  # type: ignore[union-attr]
    point = Point.objects.get(text="Et andet punkt")
    edit_point(point.pk, version=point.version, text="Rettet siden", by=desk.by)
    left = sheets.undo(done.pk, seat=desk.seat, by=desk.by)
    assert left == ("forslag 7, gevinst 1",)
    row = Proposal.objects.get(number=7)
    assert row.title == "Forslag om praktik 7"
    assert row.terms.count() == 2
    assert not Figure.objects.filter(what="måneder")
    assert not Point.objects.filter(text="Helt ny", position__isnull=False)
    assert Point.objects.get(pk=point.pk).text == "Rettet siden"
    with pytest.raises(Exception, match="allerede fortrudt"):
        sheets.undo(done.pk, seat=desk.seat, by=desk.by)


def test_a_file_that_never_came_in_has_nothing_to_take_back(desk: Desk) -> None:
    desk.cell("Forslag", 2, "Titel", "Ny titel")
    row = desk.send()
    with pytest.raises(RuleViolationError, match="ikke indlæst"):
        sheets.undo(row.pk, seat=desk.seat, by=desk.by)
    row.refresh_from_db()
    assert row.is_waiting
    assert row.undone_at is None


def test_good_bad_and_stale_rows_are_told_apart(desk: Desk) -> None:
    desk.cell("Forslag", 2, "Titel", "Min titel")
    desk.cell("Forslag", 3, "Tema", "Findes ikke")
    desk.cell("Punkter", 2, "Tekst", "Mit punkt")
    desk.cell("Punkter", 3, "Tekst", "")
    desk.cell("Punkter", 4, "Plads", "1")
    desk.cell("Tal", 2, "År", "i år")
    row = Proposal.objects.get(number=7)
    edit_record(row, version=row.version, by=a_chief(), short_title="Kort")
    found = desk.see()
    assert told(found) == {
        "changes": ["Punkter 2: Tekst: Praktik bruges mere fleksibelt > Mit punkt"],
        "wrong": [
            "Forslag 3: Tema: Temaet ”Findes ikke” findes ikke. Temaerne er: Styring.",
            "Punkter 3: Tekst: Skriv punktet, eller slet det i portalen.",
            "Punkter 4: Plads: Rækkefølgen ændres i portalen.",
            "Tal 2: År: ”i år” er ikke et årstal. Skriv fx 2023.",
        ],
        "stale": ["Forslag 2"],
    }
    (stale,) = found.stale
    assert stale.changed_by == Proposal.objects.get(number=7).changed_by
    assert [(r.name, r.then, r.now, r.mine) for r in stale.readings] == [
        ("Titel", "Forslag om praktik 7", "Forslag om praktik 7", "Min titel"),
        ("Kort titel", "", "Kort", ""),
    ]
    total = len(found.changes) + len(found.wrong) + len(found.stale)
    assert total + found.unchanged_count == found.row_count
    desk.let()
    assert Proposal.objects.get(number=7).title == "Forslag om praktik 7"
    assert Point.objects.filter(text="Mit punkt").exists()


def _twice(desk: Desk) -> None:
    desk.book["Tal"].append([*desk.book["Tal"][1]])


def _foreign(desk: Desk) -> None:
    desk.cell("Tal", 2, "Nøgle", "samdrift:noget/tal:1")


def _invented(desk: Desk) -> None:
    desk.cell("Tal", 2, "Nøgle", "forslag:forslag-9/tal:1")


def _no_export(desk: Desk) -> None:
    desk.cell("Tal", 2, "Hentning", "u000000")


def _removed(desk: Desk) -> None:
    desk.cell("Tal", 2, "Hvad", "noget andet")
    remove_record(Proposal.objects.get(number=7), by=desk.by)


def _lacking(desk: Desk) -> None:
    desk.add("Tal", Forslag="77", Hvad="uger")


def _no_room(desk: Desk) -> None:
    desk.add("Holdninger", Forslag="7", Holdning="Støtter")


def _half_a_position(desk: Desk) -> None:
    desk.cell("Holdninger", 2, "Holdning", "støtter ikke")


def _no_day(desk: Desk) -> None:
    desk.cell("Holdninger", 2, "Dato", "31-02-2023")


def _too_long(desk: Desk) -> None:
    desk.cell("Forslag", 2, "Titel", "x" * 300)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_twice, "Rækken står to gange i filen."),
        (_foreign, "Rækken hører ikke til i dette katalog."),
        (_invented, "ikke en, portalen har skrevet"),
        (_no_export, "Hent regnearket igen"),
        (_removed, "slettet i portalen"),
        (_lacking, "Skal udfyldes i en ny række. / Forslag: forslag 77 findes ikke."),
        (_no_room, "Der kan ikke tilføjes rækker i arket."),
        (_half_a_position, "Skriv begrundelsen."),
        (_no_day, "”31-02-2023” er ikke en dato."),
        (_too_long, "250"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_row_that_cannot_come_in_says_why(
    desk: Desk, spoil: Callable[[Desk], None], says: str
) -> None:
    spoil(desk)
    found = desk.see()
    assert not found.changes
    said = [f"{p.name}: {p.sentence}" for w in found.wrong for p in w.problems]
    assert found.wrong
    assert any(part in " ".join(said) for part in says.split(" / "))


def test_an_unchanged_row_that_is_gone_or_was_changed_asks_for_nothing(
    desk: Desk,
) -> None:
    row = Proposal.objects.get(number=7)
    edit_record(row, version=row.version, by=desk.by, title="Rettet i portalen")
    remove_record(Proposal.objects.get(number=9), by=desk.by)
    assert told(desk.see()) == {"changes": [], "wrong": [], "stale": []}


def test_a_file_from_before_a_renumbering_finds_its_rows(desk: Desk) -> None:
    row = Proposal.objects.get(number=7)
    edit_record(row, version=row.version, by=desk.by, number=8)
    desk.cell("Punkter", 2, "Tekst", "Efter omnummereringen")
    found = desk.see()
    assert [c.place.name for c in found.changes] == ["forslag 8, gevinst 1"]


def test_what_was_changed_meanwhile_is_shown_again_before_anything_is_written(
    desk: Desk,
) -> None:
    desk.cell("Punkter", 2, "Tekst", "Mit punkt")
    row = desk.send()
    seen = sheets.look(row)[0].fingerprint
    point = Point.objects.get(text="Praktik bruges mere fleksibelt")
    edit_point(point.pk, version=point.version, text="Imens", by=desk.by)
    with pytest.raises(sheets.OtherwiseError):
        sheets.confirm(
            row.pk, fingerprint=seen, correction="", seat=desk.seat, by=desk.by
        )
    assert Point.objects.get(pk=point.pk).text == "Imens"
    assert len(sheets.look(row)[0].stale) == 1


def test_a_record_that_is_removed_while_its_row_is_written_lets_nothing_in(
    desk: Desk,
) -> None:
    desk.cell("Holdninger", 2, "Holdning", "støtter")
    desk.cell("Holdninger", 2, "Afgivet af", "Borgmesteren")
    desk.cell("Holdninger", 2, "Dato", "3/11/2023")
    row = desk.send()
    seen = sheets.look(row)[0]
    assert [change.kind.key for change in seen.changes] == ["positions"]

    def meanwhile(instance: Position, **_: object) -> None:
        if instance.stance and instance.proposal:
            remove_record(instance.proposal, by=desk.by)

    post_save.connect(meanwhile, sender=Position)
    try:
        with pytest.raises(sheets.OtherwiseError):
            sheets.confirm(
                row.pk,
                fingerprint=seen.fingerprint,
                correction="",
                seat=desk.seat,
                by=desk.by,
            )
    finally:
        post_save.disconnect(meanwhile, sender=Position)
    assert Position.objects.exclude(stance="").count() == 0
    assert SheetImport.objects.get(pk=row.pk).is_waiting


def test_a_position_is_written_with_its_reason_signer_and_day(desk: Desk) -> None:
    desk.cell("Holdninger", 2, "Holdning", "støtter ikke")
    desk.cell("Holdninger", 2, "Begrundelse", "Det koster for meget.\nMeget.")
    desk.cell("Holdninger", 2, "Afgivet af", "Direktøren")
    desk.cell("Holdninger", 2, "Dato", "3/11/2023")
    before = refreshes()
    done = desk.let()
    assert refreshes() == before + 1  # the packets that show positions are told of it
    row = Position.objects.get()
    assert (row.stance, row.signer) == ("against", "Direktøren")
    assert f"{row.given_on:%d-%m-%Y}" == "03-11-2023"
    assert row.reason == "Det koster for meget.\nMeget."
    sheets.undo(done.pk, seat=desk.seat, by=desk.by)
    assert refreshes() == before + 2
    row.refresh_from_db()
    assert (row.stance, row.reason, row.signer, row.given_on) == ("", "", "", None)


def refreshes() -> int:
    """How many jobs wait to work out what a council's packets would print."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE task_name = 'meetings.refresh_council'"
        )
        return int(cursor.fetchone()[0])


def test_columns_and_sheets_that_are_not_ours_are_told_of_and_not_read(
    desk: Desk,
) -> None:
    desk.book["Tal"][0].append("Mine noter")
    for row in desk.book["Tal"][1:]:
        row.append("husk")
    desk.book["Ark1"] = [["A", "B"], ["1", "2"]]
    found = desk.see()
    assert told(found) == {"changes": [], "wrong": [], "stale": []}
    assert found.notes == [
        "Arket Tal, kolonne L: ”Mine noter” kendes ikke og er ikke læst.",
        "Arket ”Ark1” er ikke et, portalen har skrevet, og er ikke læst.",
    ]


def test_what_could_not_come_in_is_handed_out_and_can_be_put_right(
    desk: Desk,
) -> None:
    desk.cell("Tal", 2, "År", "i år")
    handed = sheet_files.left_over(desk.send())
    assert handed is not None
    page = load_workbook(io.BytesIO(handed.data))["Tal"]
    head, row = [[str(cell or "") for cell in each] for each in page.values]
    assert row[-1] == "År: ”i år” er ikke et årstal. Skriv fx 2023."
    row[head.index("År")] = "2023"
    desk.book = {"Tal": [head, row]}
    assert told(desk.see())["changes"] == ["Tal 2: År:  > 2023"]


def test_units_travel_too() -> None:
    a_unit(1)
    desk = Desk(CatalogueKind.COOPERATION)
    assert told(desk.see()) == {"changes": [], "wrong": [], "stale": []}
    desk.cell("Samdrift", 2, "Mindst", "5")
    desk.cell("Samdrift", 2, "Højst", "3")
    assert [p.sentence for w in desk.see().wrong for p in w.problems] == [
        "Mindst kan ikke være større end højst."
    ]
    desk.cell("Samdrift", 2, "Højst", "7")
    desk.cell("Punkter", 2, "Modtager", "Alle")
    desk.let()
    unit = desk.catalogue.units.get()
    assert (unit.least, unit.most) == (5, 7)


def test_another_councils_file_and_readers_find_nothing(
    desk: Desk, client: Client
) -> None:
    row = desk.send()
    for user, status in ((an_outsider(), 404), (desk.by, 200)):
        client.force_login(user)
        assert client.get(f"{START}{row.pk}/").status_code == status
    assert client.get(f"/samdrift/regneark/{row.pk}/").status_code == 404


def test_an_export_of_another_council_is_unknown(desk: Desk) -> None:
    other = a_catalogue(a_council("KKR Hovedstaden"))
    SheetExport.objects.update(catalogue=other)
    found = desk.see()
    assert len(found.wrong) == found.row_count


def test_a_page_asks_the_same_number_of_queries_however_much_there_is(
    desk: Desk, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(desk.by)
    desk.cell("Forslag", 2, "Titel", "Ny titel")
    row = desk.send()
    with django_assert_max_num_queries(8):
        client.get(f"{START}{row.pk}/")
    with django_assert_max_num_queries(8):
        client.get(START)


def test_the_page_writes_with_a_press_and_takes_back_with_another(
    desk: Desk, client: Client
) -> None:
    client.force_login(desk.by)
    desk.cell("Forslag", 2, "Titel", "<script>alert(1)</script>")
    url = f"{START}{desk.send().pk}/"
    page = client.get(url)
    assert "<script>alert(1)" not in page.text
    assert client.post(url, {"set": "x"}).status_code == 409
    seen = page.context["found"].fingerprint
    answer = client.post(url, {"set": seen}, follow=True)
    assert "er indlæst." in answer.text
    assert "<script>alert(1)" not in answer.text
    assert client.post(url, {"set": seen}).status_code == 302
    client.post(f"{url}fortrydelse/")
    assert Proposal.objects.get(number=7).title == "Forslag om praktik 7"


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "tom"), (b"\x00\x01", "regneark"), (b"PK\x03\x04x", "beskadiget")],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(
    desk: Desk, client: Client, data: bytes, says: str
) -> None:
    client.force_login(desk.by)
    answer = client.post(START, {"file": SimpleUploadedFile("a.xlsx", data)})
    assert answer.status_code == 422
    assert says in answer.text
    assert not SheetImport.objects.exists()


def test_old_files_are_forgotten(desk: Desk) -> None:
    waiting, done = desk.send(), desk.let()
    later = clock.now() - sheets.KEPT - timedelta(days=1)
    SheetExport.objects.update(made_at=later)
    SheetImport.objects.update(sent_at=later)
    sheets.forget()
    assert not SheetExport.objects.exists()
    assert list(SheetImport.objects.all()) == [done]
    assert waiting != done
