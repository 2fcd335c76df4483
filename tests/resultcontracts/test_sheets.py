"""A contract as spreadsheets: out, back, seen, confirmed, taken back."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Council, Municipality, User
from core.errors import RuleViolationError
from kkr.demo.contracts import load_contract
from kkr.demo.people import load_people
from kkr.register import load_register
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import (
    BudgetLine,
    ContractExport,
    ContractImport,
    Goal,
    LocalAgreement,
    Measure,
    Measurement,
    MunicipalResult,
    TargetRevision,
)
from resultcontracts.services import measurements, sheets
from tests.makers import a_chief, a_secretary, an_outsider
from tests.makers_calls import DAY, a_reporter, a_round, measure_of, round_of
from tests.makers_contracts import (
    a_contract,
    a_goal,
    a_measure,
    a_measurement,
    an_agreement,
)
from tests.makers_packets import a_council
from tests.makers_questions import a_place
from tests.resultcontracts.sheet_desk import Desk, told

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

    from resultcontracts.models import Round


pytestmark = pytest.mark.django_db
NOTHING: Final[dict[str, list[str]]] = {"changes": [], "wrong": [], "stale": []}
SHEETS = (
    "results", "measures", "targets", "municipal", "goals", "agreements", "budget", "",
)  # fmt: skip
START = "/resultatkontrakt/resultatkontrakt-2021/regneark/"


@pytest.fixture(autouse=True)
def november(settings: Settings) -> None:
    """It is 8 November 2023."""
    settings.CLOCK_DATE = DAY


@pytest.fixture
def chief() -> User:
    return a_chief(a_council())


@pytest.fixture
def desk(chief: User) -> Desk:
    """A contract with an approved share, a count of nobody, a sum and a range."""
    council = a_council()
    a_place("Solrød")
    contract = a_contract(council)
    goal = a_goal(contract)
    a_measurement(a_measure(goal, 1, segment="drift"), "77", approver=chief)
    a_measure(goal, 2, kind="count", unit="forløb", target="1300")
    a_measure(goal, 3, kind="count", target=None, sums=["1.2"])
    a_measure(goal, 4, kind="narrative", target=None, name="=HYPERLINK(1)")
    part = a_measure(goal, 5)
    a_measurement(
        part, "41.3793", approver=chief, counted=12, asked=29, state=State.DRAFT
    )
    own = an_agreement(contract, amount="4800000.50", part_of_year=50)
    BudgetLine.objects.create(agreement=own, position=1, name="løn", budget=1200000)
    BudgetLine.objects.create(
        agreement=own,
        position=2,
        name="i alt",
        budget="2400000.5",
        spent=0,
        is_total=True,
    )
    return Desk(contract, a_secretary(council))


def of(label: str) -> Measurement:
    """The newest measurement of a measure."""
    return Measurement.objects.filter(measure__label=label).latest("pk")


def test_what_is_fetched_and_sent_back_changes_nothing(
    desk: Desk, client: Client
) -> None:
    """As a workbook, each sheet as CSV through the door, and one goal alone."""
    found = desk.see()
    assert told(found) == NOTHING
    assert found.row_count == found.unchanged_count
    places = desk.contract.council.municipalities.count()
    assert found.rows == {
        "Målinger": 4,
        "Målepunkter": 5,
        "Måltal": 3,
        "Kommunernes tal": 3 * places,
        "Mål": 1,
        "Lokale aftaler": 1,
        "Budgetposter": 2,
    }
    assert not found.notes
    assert desk.says("Målinger", "1.2", "Resultat") == ""
    assert desk.says("Målinger", "1.5", "Resultat") == ""
    assert desk.says("Målinger", "1.5", "Svarede ja") == "12"
    assert desk.says("Målinger", "1.1", "Måltal") == "mindst 80"
    assert desk.says("Målepunkter", "1.1", "Status") == "Ikke nået"
    assert desk.says("Lokale aftaler", "Solrød", "Beløb i alt, kr.") == "4.800.000,5"
    assert desk.says("Budgetposter", "Solrød", "Brugt, kr.") == ""
    assert desk.says("Mål", "1", "Sætningen").startswith("Ikke nået: 77 pct.")
    client.force_login(desk.by)
    for sheet in SHEETS:
        own = {} if sheet in {"agreements", "budget"} else {"maal": "1"}
        handed = client.post(f"{START}hent/", {"ark": sheet, **own})
        ending = "csv" if sheet else "xlsx"
        assert handed["Content-Disposition"].rstrip('"').endswith(f".{ending}")
        file = SimpleUploadedFile(f"a.{ending}", handed.content)
        page = client.post(START, {"file": file}, follow=True)
        assert told(page.context["found"]) == NOTHING
        assert page.context["found"].row_count
        assert "Filen svarer til portalen" in page.text


def test_every_row_of_the_whole_contract_comes_back_as_it_was() -> None:
    """61 measures, ranges, derived targets, words before numbers, and what is missing."""
    load_register()
    load_people()
    contract = load_contract(Council.objects.get(slug="sjaelland"))
    desk = Desk(contract, User.objects.get(email="sekretariat@kkr.example"))
    assert len(desk.book["Målepunkter"]) == 1 + Measure.objects.count()
    labels = {row[1].split()[0] for row in desk.book["Målinger"][1:]}
    whole = Measure.objects.filter(sums=[]).values_list("label", flat=True)
    assert labels == set(whole)
    found = desk.see()
    assert told(found) == NOTHING
    assert found.unchanged_count == found.row_count


AMOUNT = "Beløb_i_alt,_kr."
BEFORE = ["1.1 2021 77.0000 approved", "1.5 2021 41.3793 draft"]
OF_THE_FILE = [
    "1.1 2021 77.0000 approved",
    "1.5 2021 51.7241 submitted",
    "1.1 2021 82.5000 submitted",
    "1.2 2021 barely 1929.0000 submitted",
    "1.4 2021 not_measured submitted",
    "1.2 2020 0.0000 submitted",
    "1.2 før 2020 4.0000 submitted",
]


def results() -> list[str]:
    """What the measurements say, the oldest row first."""
    rows = Measurement.objects.select_related("measure").order_by("pk")
    return [
        " ".join(
            filter(
                None,
                (
                    row.measure.label,
                    row.period_name,
                    row.missing,
                    row.qualifier,
                    "" if row.low is None else f"{row.low:.4f}",
                    row.state,
                ),
            )
        )
        for row in rows
    ]


def _type_in_every_sheet(desk: Desk) -> None:
    desk.type("Målinger", "1.1", Resultat="82,5", Kilde="Rapport")
    desk.type("Målinger", "1.2", Resultat="1.929", Ord_foran="knap")
    desk.type("Målinger", "1.4", Hvorfor_intet_tal="ikke målt", Fortalt="Ingen.")
    desk.type("Målinger", "1.5", Svarede_ja="15")
    desk.add("Målinger", Målepunkt="1.2", Resultat="0", Gælder_for="2020",
             Til_og_med="30.6.2020")  # fmt: skip
    desk.add("Målinger", Målepunkt="1.2", Resultat="4", Gælder_for="før 2020")
    desk.type("Målepunkter", "1.2", Navn="Forløb i alt", Måles_senest="2022-06-30")
    desk.type("Måltal", "1.2", Måltal="1929")
    desk.add("Måltal", Målepunkt="1.1", Regel="mindst", Måltal="85",
             Gælder_fra="1-1-2022", Hvorfor="Ny aftale")  # fmt: skip
    desk.type("Kommunernes tal", "1.2", Tal="50", Ord_foran="knap")
    desk.type("Mål", "1", Titel="Flere forløb", Indberettet="nået")
    desk.type("Lokale aftaler", "Solrød", Forlænget="til 2024", **{AMOUNT: "12,25"})
    desk.add("Lokale aftaler", Kommune="solrød", Aftale="Ny", Løber="2022")
    desk.type("Budgetposter", "Solrød", **{"Brugt,_kr.": "0"})
    desk.add("Budgetposter", Lokal_aftale="Solrød: Lokal aftale", Post="konsulent",
             **{"Årets_budget,_kr.": "1.000"})  # fmt: skip


def test_cells_come_in_as_one_act_and_go_back(desk: Desk) -> None:
    """Measurements are sent in; what is approved is corrected; undo leaves no trace."""
    before = Desk(desk.contract, desk.by).said
    _type_in_every_sheet(desk)
    found = desk.see()
    assert told(found) == {
        "changes": [
            "1.1 Andel meget tilfredse (drift): Resultat: 77 > 82,5",
            "1.1 Andel meget tilfredse (drift): Kilde:  > Rapport",
            "1.2 Andel meget tilfredse: Ord foran:  > knap",
            "1.2 Andel meget tilfredse: Resultat:  > 1.929",
            "1.4 =HYPERLINK(1): Hvorfor intet tal:  > ikke målt",
            "1.4 =HYPERLINK(1): Fortalt:  > Ingen.",
            "1.5 Andel meget tilfredse: Svarede ja: 12 > 15",
            "ny række: Målepunkt:  > 1.2",
            "ny række: Resultat:  > 0",
            "ny række: Gælder for:  > 2020",
            "ny række: Til og med:  > 30-06-2020",
            "ny række: Målepunkt:  > 1.2",
            "ny række: Resultat:  > 4",
            "ny række: Gælder for:  > før 2020",
            "1.2 Andel meget tilfredse: Navn: Andel meget tilfredse > Forløb i alt",
            "1.2 Andel meget tilfredse: Måles senest: 31-12-2021 > 30-06-2022",
            "1.2 Andel meget tilfredse, måltal: Måltal: 1.300 > 1.929",
            "ny række: Målepunkt:  > 1.1",
            "ny række: Regel:  > mindst",
            "ny række: Måltal:  > 85",
            "ny række: Gælder fra:  > 01-01-2022",
            "ny række: Hvorfor:  > Ny aftale",
            f"{found.changes[9].place.name}: Ord foran:  > knap",
            f"{found.changes[9].place.name}: Tal:  > 50",
            "Mål 1: Titel: Det 1. mål > Flere forløb",
            "Mål 1: Indberettet:  > Nået",
            "Solrød: Lokal aftale: Beløb i alt, kr.: 4.800.000,5 > 12,25",
            "Solrød: Lokal aftale: Forlænget:  > til 2024",
            "ny række: Kommune:  > solrød",
            "ny række: Aftale:  > Ny",
            "ny række: Løber:  > 2022",
            "Solrød: Lokal aftale, løn: Brugt, kr.:  > 0",
            "ny række: Lokal aftale:  > Solrød: Lokal aftale",
            "ny række: Post:  > konsulent",
            "ny række: Årets budget, kr.:  > 1.000",
        ],
        "wrong": [],
        "stale": [],
    }
    assert "bliver en rettelse" in found.changes[0].note
    assert "sendt ind" in found.changes[1].note
    old = of("1.1")
    done = desk.let()
    assert results() == OF_THE_FILE
    assert (of("1.1").corrects, of("1.1").source) == (old, "Rapport")
    times = Measurement.objects.order_by("-pk").values_list(
        "period_end", "period_is_year"
    )
    assert list(times[:2]) == [(None, True), (date(2020, 6, 30), False)]
    assert TargetRevision.objects.get(since=date(2022, 1, 1)).high == Decimal(85)
    part = MunicipalResult.objects.get()
    assert f"{part.value:f} {part.unit} {part.period_name}" == "50.0000 forløb 2021"
    assert Goal.objects.get().title == "Flere forløb"
    assert [(row.title, row.amount) for row in LocalAgreement.objects.all()] == [
        ("Lokal aftale", Decimal("12.25")), ("Ny", None),
    ]  # fmt: skip
    posts = BudgetLine.objects.values_list("name", "budget", "spent", "position")
    assert list(posts) == [
        ("løn", 1200000, 0, 1), ("i alt", Decimal("2400000.5"), 0, 2),
        ("konsulent", 1000, None, 3),
    ]  # fmt: skip
    assert Measure.objects.get(label="1.2").due_on == date(2022, 6, 30)

    # The same file once more asks for nothing that is not there.
    assert sheets.confirm(done.pk, fingerprint="x", by=desk.by).done_at == done.done_at

    assert sheets.undo(done.pk, by=desk.by) == ()
    assert results() == BEFORE
    assert MunicipalResult.objects.count() == 0
    assert TargetRevision.objects.count() == 3
    with pytest.raises(RuleViolationError, match="allerede fortrudt"):
        sheets.undo(done.pk, by=desk.by)
    assert Desk(desk.contract, desk.by).said == before


BAD = (
    ("1.2", {"Resultat": "12,5.3"}, "H Resultat: 12,5.3 er ikke et tal. Skriv fx 12,5."),
    ("1.2", {"Resultat": "ca. 40"}, "H Resultat: ca. 40 er ikke et tal. Skriv fx 40."),
    ("1.1", {"Resultat": "140"}, "H Resultat: 140 er over 100 pct. Er det et antal, så "
     "skriv det under Svarede ja."),
    ("1.1", {"Resultat": "43", "Svarede_ja": "41", "Spurgte": "100"}, "H Resultat: 41 af "
     "100 er 41,0 pct., men du skrev 43. Ret det ene."),
    ("1.1", {"Svarede_ja": "9", "Resultat": "", "Spurgte": "8"}, "J Svarede ja: Svarede ja "
     "er større end spurgte virksomheder."),
    ("1.1", {"Resultat": ""}, "H Resultat: Skriv et tal, eller hvorfor der ikke er et."),
    ("1.2", {"Kilde": "Rapport"}, "H Resultat: Skriv et tal, eller hvorfor der ikke er et."),
    ("1.1", {"Hvorfor_intet_tal": "ikke målt"}, "L Hvorfor intet tal: Skriv enten et tal, "
     "eller hvorfor der ikke er et."),
    ("1.2", {"Resultat": "3", "Til": "2"}, "I Til: Det første tal skal være det mindste."),
    ("1.2", {"Resultat": "-1"}, "H Resultat: −1 er under 0. Skriv 0, hvis der er målt 0."),
    ("1.2", {"Resultat": "1", "Til_og_med": "31-02-2021"}, "P Til og med: ”31-02-2021” er "
     "ikke en dato. Skriv fx 22-11-2023."),
    ("1.1", {"Til_og_med": "31-12-2022", "Resultat": "80"}, "P Til og med: Tallet er "
     "godkendt for sin tid. Skriv et tal for en anden tid i en ny række."),
    ("1.1", {"Enhed": "kr."}, "D Enhed: Det ændres i portalen."),
    ("1.2", {"Resultat": "1", "Trykt_som": "2,60"}, "R Trykt som: Der står 2,60 her, men "
     "tallet er 1. Ret det ene."),
    ("1.2", {"Resultat": "0,00001"}, "H Resultat: Tallet kan højst have 4 cifre efter kommaet."),
)  # fmt: skip


def test_each_bad_cell_is_told_with_its_place_and_the_rest_comes_in(
    desk: Desk,
) -> None:
    first = desk.book
    for begins, cells, sentence in BAD:
        desk.book = deepcopy(first)
        desk.type("Målinger", begins, **cells)
        found = told(desk.see())
        assert found["wrong"] == [f"Målinger {sentence}"], cells
        assert found["changes"] == []
    desk.book = deepcopy(first)
    desk.type("Måltal", "1.2", Udgangspunkt=":")
    desk.type("Mål", "1", Formål="a\x1bb")
    assert told(desk.see())["wrong"] == [
        "Måltal I Udgangspunkt: Det ændres i portalen.",
        "Mål E Formål: Teksten har et tegn, der ikke kan vises. Skriv den igen.",
    ]
    desk.book = first
    desk.add("Målinger", Målepunkt="9.9", Resultat="1")
    desk.add("Målinger", Målepunkt="1.1", Resultat="140")
    desk.add("Målinger", Målepunkt="1.3", Resultat="4")
    desk.type("Målinger", "1.2", Resultat="7")
    own = "Solrød: Lokal aftale"
    desk.add("Budgetposter", Lokal_aftale="Køge: Lokal aftale", Post="x")
    desk.add("Budgetposter", Lokal_aftale=own, Post="x", **{"Årets_budget,_kr.": "-1"})
    desk.add("Budgetposter", Lokal_aftale=own, Post="sum", I_alt="ja")
    row = desk.send()
    assert told(sheets.look(row)[0])["wrong"] == [
        "Målinger B Målepunkt: Målepunktet ”9.9” findes ikke. Skriv nummeret, fx 3.1.",
        "Målinger H Resultat: 140 er over 100 pct. Er det et antal, så skriv det under "
        "Svarede ja.",
        "Målinger B Målepunkt: Tallet lægges sammen af andre målepunkter. Skriv dem i "
        "stedet.",
        "Budgetposter B Lokal aftale: Aftalen ”Køge: Lokal aftale” findes ikke. Skriv "
        "den, fx Køge: Lokal aftale.",
        "Budgetposter D Årets budget, kr.: Skriv beløbet uden minus.",
    ]
    with pytest.raises(sheets.OtherwiseError):
        desk.let(row)
    assert not Measurement.objects.filter(measure__label="1.2").exists()
    row.refresh_from_db()
    left = told(sheets.look(row)[0])["wrong"]
    assert [each for each in left if "allerede en post" in each] == left[-1:]
    desk.let(row)
    assert of("1.2").low == 7


def test_what_somebody_did_since_is_never_overwritten(desk: Desk, chief: User) -> None:
    """A row changed since, a locked time, and an import whose numbers were approved."""
    desk.type("Målinger", "1.1", Resultat="80")
    desk.type("Målinger", "1.2", Resultat="5")
    measure = Measure.objects.get(label="1.2")
    measurements.enter(measure.pk, by=chief, low=Decimal(6))
    found = desk.see()
    assert told(found)["stale"] == ["1.2 Andel meget tilfredse"]
    assert found.stale[0].changed_by == str(chief)
    assert [c.place.name for c in found.changes] == [
        "1.1 Andel meget tilfredse (drift)"
    ]
    desk.contract.locked_until = date(2021, 12, 31)
    desk.contract.save()
    desk.add("Målinger", Målepunkt="1.1", Resultat="81")
    row = desk.send()
    with pytest.raises(sheets.OtherwiseError):
        desk.let(row)
    row.refresh_from_db()
    assert "er låst" in told(sheets.look(row)[0])["wrong"][0]
    done = desk.let(row)
    new = of("1.1")
    assert new.corrects_id is not None
    assert results()[-1] == "1.1 2021 80.0000 submitted"
    measurements.approve(new.pk, version=new.version, by=chief)
    assert sheets.undo(done.pk, by=desk.by) == ("1.1 Andel meget tilfredse (drift)",)
    assert of("1.1").state == State.APPROVED


def _others_do_not_see(client: Client, council: Council, address: str) -> None:
    client.force_login(a_chief(council))
    assert client.get(address).status_code == 404
    client.force_login(an_outsider())
    for url in (START, address):
        assert client.get(url).status_code == 404


def test_a_house_fills_in_what_it_is_asked_and_nothing_else(client: Client) -> None:
    council = a_council()
    link = a_round(council)
    about, measure = round_of(link), measure_of(link)
    contract = about.contract
    other = a_measure(measure.goal, 9, name="Hemmeligt", target="7")
    reporter = a_reporter(council, contract)
    client.force_login(reporter)
    page = client.get(START)
    assert "er spurgt om" in page.text
    assert "Kun mål som CSV" not in page.text
    assert client.post(f"{START}hent/", {"ark": "goals"}).status_code == 404
    desk = Desk(contract, reporter, about)
    assert set(desk.book) == {"Målinger"}
    assert [row[1].split()[0] for row in desk.book["Målinger"][1:]] == ["1.2"]
    assert other.name not in str(desk.book)
    desk.type("Målinger", "1.2", Svarede_ja="41", Spurgte="100")
    row = desk.send()
    address = f"{START}{row.pk}/"
    seen = client.get(address)
    assert seen.context["found"].field_count == 2
    client.post(address, {"set": seen.context["found"].fingerprint})
    assert results() == ["1.2 2023 41.0000 submitted"]
    assert of("1.2").asked_in == about
    assert of("1.2").entered_by == str(reporter)
    _others_do_not_see(client, council, address)
    client.force_login(reporter)
    assert "Fortryd indlæsningen" in client.get(address).text
    client.post(f"{address}fortryd/")
    assert not Measurement.objects.exists()
    _nothing_is_asked_after_the_papers(client, about)


def _nothing_is_asked_after_the_papers(client: Client, about: Round) -> None:
    about.meeting.held_on = date(2023, 11, 1)
    about.meeting.sending_on = date(2023, 10, 20)
    about.meeting.save()
    assert "ikke spurgt om tal lige nu" in client.get(START).text
    assert client.post(f"{START}hent/", {"ark": ""}).status_code == 404


def test_a_page_asks_few_questions_whatever_the_rows(
    desk: Desk,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(desk.by)
    few, many = desk.send(), None
    for place in range(6, 12):
        a_measure(desk.contract.goals.get(), place)
    desk.fetch()
    for line in desk.book["Målinger"][1:]:
        line[7] = "5"
    many = desk.send()
    for url in (START, f"{START}{few.pk}/", f"{START}{many.pk}/"):
        with django_assert_max_num_queries(8):
            assert client.get(url).status_code == 200


def test_more_rows_than_come_back_are_not_handed_out(
    desk: Desk, client: Client
) -> None:
    """98 municipalities and 61 measures: one goal or one sheet at a time."""
    council, goal = desk.contract.council, desk.contract.goals.get()
    Municipality.objects.bulk_create(
        Municipality(council=council, code=900 + n, name=f"By {n}", sort_key=f"{n}",
                     population=9)
        for n in range(council.municipalities.count(), 98)
    )  # fmt: skip
    other = a_goal(desk.contract, 2)
    Measure.objects.bulk_create(
        Measure(goal=other, key=f"m{n}", label=f"2.{n}", position=n, name="Antal",
                kind="count")
        for n in range(56)
    )  # fmt: skip
    client.force_login(desk.by)
    page = client.post(f"{START}hent/", {"ark": "municipal"}, follow=True)
    assert "Regnearket ville få 5.782 rækker" in page.text
    assert "Hent ét mål eller ét ark ad gangen." in page.text
    one = client.post(f"{START}hent/", {"ark": "municipal", "maal": goal.number})
    assert len(one.content.splitlines()) == 1 + 3 * 98
    assert client.post(f"{START}hent/", {"ark": "results"}).status_code == 200


def test_files_that_cannot_be_read_say_so_and_formulas_stay_text(
    desk: Desk, client: Client
) -> None:
    client.force_login(desk.by)
    assert "Vælg en fil." in client.post(START, {}).text
    bad = SimpleUploadedFile("a.xlsx", b"PK\x03\x04rod")
    answer = client.post(START, {"file": bad})
    assert answer.status_code == 422
    assert "a.xlsx blev ikke læst." in answer.text
    handed = client.post(f"{START}hent/", {"ark": "measures"})
    assert ";'=HYPERLINK(1);" in handed.content.decode("utf-8-sig")
    desk.type("Målinger", "1.2", Kilde="=1+1", Resultat="<script>alert(1)</script>")
    page = client.get(f"{START}{desk.send().pk}/")
    assert "<script>alert(1)" not in page.text
    assert "er ikke et tal" in page.text
    rest = client.get(f"{START}{ContractImport.objects.latest('pk').pk}/rest/")
    assert rest.status_code == 200
    assert client.post(f"{START}hent/", {"ark": "x"}).status_code == 404
    assert client.post(f"{START}hent/", {"ark": "", "maal": "99"}).status_code == 404


def test_what_nobody_confirms_is_forgotten(desk: Desk, settings: Settings) -> None:
    desk.send()
    settings.CLOCK_DATE = date(2024, 11, 8)
    sheets.forget()
    assert not ContractExport.objects.exists()
    assert not ContractImport.objects.exists()
