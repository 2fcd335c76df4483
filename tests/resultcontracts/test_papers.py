"""Result contracts on page and paper: figures as the facts have them, marks, checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from accounts.models import Council, User
from core import clock
from documents import pieces
from documents.data import as_csv, as_object
from documents.marks import marks_between
from documents.page import html_of
from documents.printing.pdf import PAPER_CSS
from documents.records import text
from documents.sources import source
from documents.storage import files
from documents.tree import Chart, Document, Missing, Paragraph, Table, Value, walk
from kkr.demo.contracts import load_contract
from kkr.demo.people import load_people
from kkr.register import load_register
from meetings.checking.known import edit_place
from resultcontracts.checks import of_contradictions, of_report, of_summary
from resultcontracts.choices import MeasurementState
from resultcontracts.models import Contract, Goal, Measure, Measurement
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.contradictions import findings_of
from resultcontracts.queries.prose import flagged
from resultcontracts.standing.sentence import sentence
from tests.documents.pdf_makers import failures
from tests.makers_contracts import a_contract, a_measurement
from tests.resultcontracts.contract import read as facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

pytestmark = pytest.mark.django_db
DAY = "2023-11-08"
MORE: dict[str, dict[str, Any]] = {
    "contract": {},
    "report": {"day": DAY},
    "summary": {"day": DAY},
    "goal": {"day": DAY, "goal": "goal-3"},
    "municipal": {"municipality": 269},
    "contradictions": {"day": DAY, "which": "alle"},
}
TEXTS = {"achieved": "Nået", "not_achieved": "Ikke nået", "pending": "Afventer"}


@pytest.fixture(scope="module")
def contract(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Contract]:
    """The contract of 2021 as the demo has it, loaded once; each test is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_register()
        load_people()
        yield load_contract(Council.objects.get(slug="sjaelland"))
        transaction.set_rollback(True)


def built(name: str, contract: Contract, **more: Any) -> Document:
    return source(f"resultcontracts.{name}").build(
        {"contract": contract.pk, **MORE[name], **more}
    )


def blocks(document: Document) -> Iterator[Any]:
    for _, section in walk(document):
        yield from section.blocks


def cells(document: Document) -> dict[str, list[str]]:
    """Every table row of a document: its key, and its cells as they are read."""
    return {
        row.key: [text(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells]
        for block in blocks(document)
        if isinstance(block, Table)
        for group in block.groups
        for row in group.rows
    }


def values(document: Document) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for block in blocks(document):
        lines: list[Any] = []
        if isinstance(block, Table):
            lines = [c for g in block.groups for row in g.rows for c in row.cells]
        if isinstance(block, Paragraph):
            lines = list(block.lines)
        found |= {p.key: p for line in lines for p in line if isinstance(p, Value)}
    return found


def paragraphs(document: Document) -> dict[str, str]:
    return {
        block.key: "\n".join(text(line) for line in block.lines)
        for block in blocks(document)
        if isinstance(block, Paragraph)
    }


@pytest.mark.parametrize("name", MORE)
def test_each_source_asks_few_questions_and_is_the_same_again(
    name: str,
    contract: Contract,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        document = built(name, contract)
    assert document == built(name, contract)
    assert html_of(document)
    # A width that the paper does not know would share the page out evenly.
    widths = {
        c.width for b in blocks(document) if isinstance(b, Table) for c in b.columns
    }
    known = PAPER_CSS.read_text(encoding="utf-8")
    assert [width for width in widths if width and f".mm-{width} " not in known] == []
    assert as_csv(document).count(b"\n") > 5
    assert as_object(document)["records"]
    of: Any = source(f"resultcontracts.{name}")
    assert not of.made_of(document).startswith("ing")
    options = {"contract": contract.pk, **MORE[name]}
    form: Any = of.form(options, council=contract.council)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == options


def test_figures_are_those_of_the_facts(contract: Contract) -> None:
    report = built("report", contract)
    rows, found = cells(report), values(report)
    seen = 0
    for goal in facts()["goals"]:
        for measure in goal["measures"]:
            key = f"goal:goal-{goal['number']}/measure:maalepunkt-"
            key += measure["label"].replace(".", "-").lower()
            own = rows[key]
            assert own[0] == measure["label"]
            if word := TEXTS.get(measure["computed_in_source"]):
                assert own[-1].startswith(word)
            if "target" in measure:
                assert found[f"{key}/target"].low == Decimal(measure["target"]["low"])
            else:
                assert own[2] == "intet måltal"
            value = found.get(f"{key}/result")
            assert own[3] == value.text if value else own[3]
            if "result" in measure:
                assert value is not None
                assert value.low == value.high == Decimal(measure["result"])
                assert value.source is not None
                assert value.source.url.startswith(f"{contract.get_absolute_url()}tal/")
                seen += 1
            elif value is not None:
                assert (value.low, value.missing is None) == (None, False)
    assert seen == 43


def test_each_goal_has_the_sentence_that_it_has_everywhere(contract: Contract) -> None:
    report = built("report", contract)
    told = paragraphs(report)
    for goal in contract_rows(contract, date.fromisoformat(DAY)).goals:
        first = told[f"goal:{goal.row.key}/status"].split("\n")[0]
        assert first == sentence(goal.standing)
    summary = cells(built("summary", contract))
    assert len(summary) == 18
    assert summary["contract:resultatkontrakt-2021/summary/goals/goal:goal-16"] == [
        "16",
        "Erhvervshus Sjælland gearer erhvervsfremmeindsatsen med projektmidler. "
        "Gearing 2,78 mod måltal 2,60.",
        "Nået",
    ]
    assert report.lead.startswith("3 mål er nået, 10 er delvist nået, 1 er ikke nået")


def test_a_report_prints_results_where_it_refers_to_them(contract: Contract) -> None:
    told = paragraphs(built("report", contract))
    assert told["goal:goal-9/report"].startswith("Året endte med 1.929 forløb, heraf")
    assert "(ikke målt)" in told["goal:goal-5/report"]
    assert "søgt ca. 60 mio. kr." in told["goal:goal-12/report"]
    figure = values(built("report", contract))["goal:goal-9/report/1/9.1"]
    assert (figure.low, figure.unit) == (Decimal(1207), "")
    read = contract_rows(contract, date.fromisoformat(DAY))
    assert [(row.goal.number, row.said) for row in flagged(read)] == [
        (6, "15"),
        (11, "77"),
        (12, "44"),
        (13, "54, 13, 7"),
        (17, "58"),
    ]


@pytest.mark.parametrize(
    ("key", "label", "document", "page", "words"),
    [
        ("goal:goal-3", "Mål 3", "contract:kontrakt/report", "maal/3/", "Se mål\N{NO-BREAK SPACE}3"),
        ("contract:kontrakt/contradictions/words", "", "contract:kontrakt/contradictions", "modsigelser/", "Se modsigelserne"),
        ("contract:kontrakt/report/measures", "", "contract:kontrakt/report", "", "Se kontrakten"),
        ("goal:goal-3", "Mål 3", "catalogue:1", None, ""),
    ],
)  # fmt: skip
def test_a_flaw_leads_to_the_goal_it_is_in(
    key: str, label: str, document: str, page: str | None, words: str
) -> None:
    found = edit_place(key, label, f"{key}/text", document)
    assert found == (
        None if page is None else (f"/resultatkontrakt/kontrakt/{page}", words)
    )


def test_charts_stand_after_their_table_and_can_be_left_out(contract: Contract) -> None:
    document = built("goal", contract)
    kinds = [block.kind for block in document.sections[0].blocks]
    assert kinds.index("table") < kinds.index("chart")
    drawn = [block for block in blocks(document) if isinstance(block, Chart)]
    assert len(drawn) == 2
    assert "Drift: 77" in drawn[0].alternative
    without = built("goal", contract, without=["charts", "prose", "answers"])
    kept = {block.key for block in blocks(without)}
    assert not any(isinstance(block, Chart) for block in blocks(without))
    assert "goal:goal-3/report" not in kept
    assert not any("contradiction" in key for key in kept)


def test_only_approved_figures_are_printed_and_what_waits_is_told(
    contract: Contract,
) -> None:
    before = built("goal", contract, goal="goal-5")
    row = Measure.objects.get(label="5.2", goal__contract=contract)
    approver = User.objects.get(email="chef@kkr.example")
    made = a_measurement(row, "81", approver=approver, state=MeasurementState.SUBMITTED)
    assert built("goal", contract, goal="goal-5") == before
    options = {"contract": contract.pk, "goal": "goal-5"}
    [waits] = of_report(options)
    assert "5.2" in waits.text
    assert of_summary({"contract": contract.pk}) == (waits,)
    Measurement.objects.filter(pk=made.pk).update(
        state=MeasurementState.APPROVED,
        approved_at=clock.now(),
        approved_by=approver,
    )
    assert of_report(options) == ()
    key = "goal:goal-5/measure:maalepunkt-5-2/result"
    after = built("goal", contract, goal="goal-5", day="")
    assert values(after)[key].low == Decimal(81)
    # On the day before it was approved the page said what it said.
    assert built("goal", contract, goal="goal-5", day="2023-11-01") != after
    changed = marks_between(before, after, since="version 1", sent="version 1")
    [(section, own)] = changed.items()
    assert section == "goal:goal-5"
    marked = str(own.marks.of)
    assert key.removesuffix("/result") in marked
    assert "maalepunkt-5-1" not in marked


def test_contradictions_are_printed_with_their_answer_or_as_not_answered(
    contract: Contract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    everything = paragraphs(built("contradictions", contract))
    assert len(everything) == 20
    answered = [said for said in everything.values() if "ikke besvaret" not in said]
    assert len(answered) == 2
    assert any("Svar: ”mål 16” i notatet er målets nummer" in a for a in answered)
    still = built("contradictions", contract, which="")
    assert still.lead == "18 af 20\N{NO-BREAK SPACE}modsigelser mangler svar."
    assert len(paragraphs(still)) == 18
    # Each stands once in the report: under its goal, or among those of several.
    report = [
        key for key in paragraphs(built("report", contract)) if "contradiction" in key
    ]
    assert len(report) == len(set(report)) == 20
    [told] = of_contradictions({"contract": contract.pk})
    assert told.text.replace("\N{NO-BREAK SPACE}", " ").startswith("18 modsigelser")
    with django_assert_num_queries(1):
        texts = [each.text for each in of_report({"contract": contract.pk})]
    assert len(texts) == 1 + 5
    [own] = [
        each for each in of_report({"contract": contract.pk}) if each.section == "Mål 6"
    ]
    assert own.url.endswith("/maal/6/rapport/")


def test_a_municipality_stands_beside_every_total_and_gets_no_verdict(
    contract: Contract,
) -> None:
    rows = cells(built("municipal", contract))
    assert [own[1:] for own in rows.values()][:3] == [
        ["1.300", "36,7", "over"],
        ["1.929", "54,4", "under"],
        ["722", "20,4", "over"],
    ]
    assert ["I alt", "500.000", "331.306,79"] not in rows.values()
    other = built("municipal", contract, municipality=253)
    assert "ikke oplyst" in str(html_of(other))


def test_what_is_not_there_is_refused(contract: Contract) -> None:
    council = contract.council
    other = a_contract(council, key="resultatkontrakt-2022", year=2022)
    of: Any = source("resultcontracts.goal")
    form: Any = of.form({"contract": other.pk, "goal": "goal-3"}, council=council)
    assert "Målet er ikke i den kontrakt, du har valgt." in str(form.errors)
    with pytest.raises(LookupError):
        built("goal", other)
    with pytest.raises(LookupError):
        built("municipal", contract, municipality=101)
    assert built("report", other, day="").lead == "Kontrakten har ingen mål."
    Goal.objects.filter(contract=contract, number=3).update(title="Et andet navn")
    assert built("goal", contract).sections[0].title == "Et andet navn"
    assert findings_of(contract_rows(other)) == ()


@pytest.mark.parametrize("name", ["goal", "municipal"])
def test_each_conforms_to_pdf_ua(name: str, contract: Contract) -> None:
    for made in pieces.make(built(name, contract)):
        assert failures(files().open(made.file).read()) == []


def test_missing_is_a_word_and_never_zero(contract: Contract) -> None:
    found = values(built("report", contract))
    zero = found["goal:goal-17/measure:maalepunkt-17-1/result"]
    assert (zero.low, zero.printed, zero.missing) == (Decimal(0), "0", None)
    missing = found["goal:goal-7/measure:maalepunkt-7-2/result"]
    assert (missing.low, missing.missing) == (None, Missing.NOT_MEASURED)
