"""Spreadsheets that a hostile critic would send: nothing changes that nobody changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from core.sheets import Cell, Sheet
from proposals.choices import CatalogueKind, TermKind
from proposals.models import (
    Figure,
    Point,
    Position,
    PositionCall,
    Proposal,
    SheetImport,
    Term,
)
from proposals.services import sheet_files, sheets
from proposals.services.points import edit_point
from proposals.services.records import edit_record
from proposals.sheets.kinds import KINDS
from tests.makers import a_chief
from tests.makers_positions import a_call
from tests.makers_proposals import a_proposal, a_shared_point, a_unit
from tests.makers_questions import a_place
from tests.proposals.desk import Desk, told

if TYPE_CHECKING:
    from django.test import Client

    from proposals.models import CooperationUnit

pytestmark = pytest.mark.django_db
NOTHING: dict[str, list[str]] = {"changes": [], "wrong": [], "stale": []}
TRICKY = (
    "=1+1", "+x", "-5", "-5 pct.", "@SUM(A1)", "'=1", "''x", '"a";b', "4-5", "1.753",
    "1,5", "½", "03-11-2023", "a\u00a0 b", "\u000bx", "-", "ja", "nej", "=",
)  # fmt: skip


def fill(record: Proposal | CooperationUnit) -> None:
    """Give a record figures and names that spreadsheets take for something else."""
    own: dict[str, Any] = {record.owner: record}
    for at, text in enumerate(TRICKY, 1):
        Figure.objects.create(
            position=at, printed=text[:40], what=text, measure=text, source=text, **own
        )
        Term.objects.create(
            kind=TermKind.ACTOR, position=at, text=f"{at} {text}", **own
        )
    for point, text in zip(record.points.all(), TRICKY, strict=False):
        point.text = f"{text} {{{{forenkling:forslag-7}}}}"
        point.save()


@pytest.mark.parametrize("kind", CatalogueKind)
def test_what_is_fetched_of_any_kind_and_sent_back_changes_nothing(
    kind: CatalogueKind,
) -> None:
    place = a_place("Greve")
    row = a_proposal(7, title=" =HYPERLINK(1)", idea="<ul><li>-5</li></ul><p>=1</p>")
    fill(row)
    unit = a_unit(2, summary="<p>+1<br>-2</p>", scope_text="=A1", least=3)
    a_shared_point(unit, stem="@Fælles")
    fill(unit)
    for record in (row, unit):
        Position.objects.create(
            municipality=place, stance="against", reason="=1\n\n-2", signer="-",
            given_on=timezone.localdate(), **{record.owner: record},
        )  # fmt: skip
    desk = Desk(kind)
    files = {"": "a.xlsx"} | {each.key: "a.csv" for each in KINDS[kind]}
    for sheet, name in files.items():
        handed = sheet_files.hand_out(desk.catalogue, sheet=sheet, by=desk.by)
        found, _ = sheets.look(desk.send_file(handed.data, name))
        assert told(found) == NOTHING, sheet
        assert found.row_count == found.unchanged_count
        assert found.row_count
        assert not found.notes


@pytest.fixture
def desk() -> Desk:
    a_place("Faxe")
    a_place("Greve")
    row = a_proposal(
        7, idea="<p>En <strong>god</strong> idé.</p><ul><li><p>Punkt</p></li></ul>"
    )
    a_proposal(9)
    for position, printed in enumerate(("4-5", "3-7", "½"), 1):
        Figure.objects.create(
            proposal=row, position=position, printed=printed, what="uger"
        )
    return Desk()


def test_columns_in_another_order_and_rows_that_are_left_out_change_nothing(
    desk: Desk,
) -> None:
    desk.cell("Tal", 3, "Enhed", "uger")
    for name, (head, *rows) in desk.book.items():
        order = sorted(range(len(head)), key=lambda at: head[at][::-1])
        order = [at for at in order if head[at] not in {"Kilde", "Ideen", "Titel"}]
        kept = rows[1::2]
        desk.book[name] = [[row[at] for at in order] for row in [head, *kept]]
    figures, points = Figure.objects.count(), Point.objects.count()
    assert told(desk.see()) == {**NOTHING, "changes": ["Tal 2: Enhed:  > uger"]}
    desk.let()
    assert Figure.objects.get(position=2).measure == "uger"
    assert (Figure.objects.count(), Point.objects.count()) == (figures, points)


def test_a_row_that_stands_twice_is_refused_both_times(desk: Desk) -> None:
    desk.book["Tal"].append([*desk.book["Tal"][1]])
    desk.cell("Tal", 2, "Enhed", "måneder")
    sentence = "Tal {}: : Rækken står to gange i filen. Slet den ene."
    assert told(desk.see()) == {
        **NOTHING,
        "wrong": [sentence.format(2), sentence.format(5)],
    }


def test_a_second_sheet_with_the_same_columns_is_told_of_and_not_read(
    desk: Desk,
) -> None:
    desk.book["Tal (2)"] = [[*row] for row in desk.book["Tal"]]
    desk.cell("Tal (2)", 2, "Enhed", "måneder")
    found = desk.see()
    assert told(found) == NOTHING
    assert found.notes == [
        "Arket ”Tal (2)” har samme kolonner som et ark før det og er ikke læst."
    ]
    assert sheet_files.left_over(desk.send()) is None


def spoilt(desk: Desk, sheet: str, name: str, cell: Cell) -> SheetImport:
    """Send the file with one cell of the first row as a spreadsheet may leave it."""
    row = desk.send()
    book = [Sheet.from_json(each) for each in row.content]
    at = next(n for n, each in enumerate(book) if each.name == sheet)
    content = row.content[at]
    own = book[at].head.index(name) + 1
    content["rows"][0][own] = [cell.text, cell.problem]
    row.save()
    return row


@pytest.mark.parametrize(
    ("sheet", "name", "cell", "says"),
    [
        ("Tal", "Tal, som det trykkes", Cell("04-05-2023", "date"), "04-05-2023"),
        ("Tal", "Tal, som det trykkes", Cell("04-maj"), "gjort teksten til datoen"),
        ("Tal", "Tal, som det trykkes", Cell("4. maj 2023"), "gjort teksten til dato"),
        ("Tal", "Tal, som det trykkes", Cell("x" * 41), "højst fylde 40 tegn"),
        ("Tal", "Tal, som det trykkes", Cell("9" * 12), "højst have 11 cifre"),
        ("Tal", "Hvad", Cell("x" * 251), "251 tegn. Den kan højst fylde 250"),
        ("Tal", "Hvad", Cell("=A2", "formula"), "er en formel"),
        ("Tal", "Hvad", Cell("#REF!", "error"), "viser fejlen #REF!"),
        ("Tal", "Hvad", Cell("[forenkling 99]"), "[forenkling 99] findes ikke"),
        ("Tal", "Hvad", Cell("", "merged"), "Ophæv fletningen"),
        ("Tal", "År", Cell("23"), "er ikke et årstal"),
        ("Tal", "År", Cell("2.023"), "er ikke et årstal"),
        ("Tal", "Nøgle", Cell("", "merged"), "Nøglen er ændret i regnearket"),
        ("Tal", "Nøgle", Cell("=A3", "formula"), "Nøglen er ændret i regnearket"),
        ("Punkter", "Tekst", Cell("x" * 601), "601 tegn"),
        ("Holdninger", "Begrundelse", Cell("x" * 2001), "2001 tegn"),
        ("Holdninger", "Dato", Cell("29-02-2023"), "er ikke en dato"),
    ],
    ids=lambda each: each.text[:12] if isinstance(each, Cell) else each[:12],
)
def test_a_cell_that_a_spreadsheet_spoilt_is_refused_where_it_stands(
    desk: Desk, sheet: str, name: str, cell: Cell, says: str
) -> None:
    found, _ = sheets.look(spoilt(desk, sheet, name, cell))
    assert not found.changes
    (wrong,) = found.wrong
    (problem,) = wrong.problems
    assert (wrong.place.sheet, wrong.place.number) == (sheet, 2)
    assert problem.name == name
    assert problem.letter
    assert says in problem.sentence


def test_what_is_typed_in_other_words_is_taken_once_and_can_be_taken_back(
    desk: Desk,
) -> None:
    before = Proposal.objects.get(number=7).idea
    assert "<strong>" in before
    desk.cell("Forslag", 2, "Ideen", "En  bedre idé. \n\n\n\n* Punkt\n* To\n")
    desk.cell("Forslag", 2, "Aktører", "a;  b\nb;")
    desk.cell("Punkter", 2, "Tekst", "Se [ FORENKLING  9 ]")
    desk.cell("Tal", 2, "År", "2023")
    desk.cell("Tal", 3, "Tal, som det trykkes", "3  - 8")
    desk.add("Punkter", Forslag="9", Slags="risiko", Tekst="Se [Forenkling 7]")
    done = desk.let()
    assert Point.objects.filter(text="Se {{forenkling:forslag-9}}").exists()
    again, _ = sheets.look(desk.send())
    assert told(again) == NOTHING
    assert sheets.undo(done.pk, seat=desk.seat, by=desk.by) == ()
    row = Proposal.objects.get(number=7)
    assert (row.idea, row.terms.count()) == (before, 0)
    assert not Point.objects.present().filter(text__contains="{{")
    assert list(Figure.objects.values_list("printed", "year")) == [
        ("4-5", 0),
        ("3-7", 0),
        ("½", 0),
    ]


def test_every_row_that_a_rule_refuses_is_told_of_at_once(desk: Desk) -> None:
    long = a_proposal(12, title="Lang")
    Proposal.objects.filter(pk=long.pk).update(key="k" * 110)
    for row in (2, 4):
        desk.cell("Tal", row, "Hvad", "[forenkling 12]" * 16)
    desk.cell("Tal", 3, "Enhed", "uger")
    sent = desk.send()
    with pytest.raises(sheets.OtherwiseError):
        desk.let(sent)
    sent.refresh_from_db()
    assert sorted(sent.refused) == ["Tal 2", "Tal 4"]
    assert not Figure.objects.filter(measure="uger").exists()
    desk.let(sent)
    assert Figure.objects.get(measure="uger").position == 2


def test_who_changed_a_row_meanwhile_is_who_changed_that_row(desk: Desk) -> None:
    chief = a_chief()
    point = Point.objects.filter(proposal__number=7, kind="gain").first()
    assert point is not None
    edit_point(point.pk, version=point.version, text="Imens", by=chief)
    record = Proposal.objects.get(number=7)
    edit_record(record, version=record.version, by=desk.by, short_title="Kort")
    desk.cell("Punkter", 2, "Tekst", "Mit")
    desk.cell("Forslag", 2, "Titel", "Min")
    assert [(s.place.sheet, s.changed_by) for s in desk.see().stale] == [
        ("Forslag", str(desk.by)),
        ("Punkter", str(chief)),
    ]


def test_an_export_from_before_a_column_was_there_is_still_read(desk: Desk) -> None:
    export = desk.catalogue.sheet_exports.get()
    for cells in export.content["figures"].values():
        del cells["topic"]
    export.save()
    at = desk.book["Tal"][0].index("Emne")
    desk.book["Tal"] = [row[:at] + row[at + 1 :] for row in desk.book["Tal"]]
    desk.cell("Tal", 2, "Enhed", "uger")
    assert told(desk.see()) == {**NOTHING, "changes": ["Tal 2: Enhed:  > uger"]}


def test_a_closed_call_asks_why_beside_the_field_and_keeps_what_was_typed(
    desk: Desk, client: Client
) -> None:
    call = a_call(Proposal.objects.get(number=7))
    PositionCall.objects.filter(pk=call.pk).update(closed_at=timezone.now())
    for name, text in (
        ("Holdning", "støtter"), ("Afgivet af", "Direktøren"), ("Dato", "1-11-2023"),
    ):  # fmt: skip
        desk.cell("Holdninger", 2, name, text)
    client.force_login(desk.by)
    row = desk.send()
    url = row.get_absolute_url()
    seen = client.get(url).context["found"].fingerprint
    for given, says in (("", "Opkaldet er lukket."), ("x" * 301, "højst 300 tegn")):
        answer = client.post(url, {"set": seen, "correction": given})
        assert answer.status_code == 422
        field = re.search(r'<input[^>]*id="id_correction"[^>]*>', answer.text)
        assert field is not None
        assert 'aria-invalid="true"' in field[0]
        assert f'value="{given}"' in field[0]
        assert says in answer.text
    row.refresh_from_db()
    assert row.refused == {}
    client.post(url, {"set": seen, "correction": "Skrevet forkert af."})
    assert Position.objects.get().correction == "Skrevet forkert af."


def test_a_gain_of_a_unit_says_who_gains_and_nothing_else_does() -> None:
    a_unit(1)
    desk = Desk(CatalogueKind.COOPERATION)
    kinds = [
        row[desk.book["Punkter"][0].index("Slags")] for row in desk.book["Punkter"]
    ]
    task, gain = kinds.index("Opgave") + 1, kinds.index("Gevinst") + 1
    desk.cell("Punkter", task, "Modtager", "Alle")
    desk.cell("Punkter", gain, "Modtager", "")
    assert told(desk.see()) == {
        **NOTHING,
        "wrong": [
            f"Punkter {gain}: Modtager: Skriv, hvem der får gevinsten.",
            f"Punkter {task}: Modtager: Kun en gevinst har en modtager.",
        ],
    }
