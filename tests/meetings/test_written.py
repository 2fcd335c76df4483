"""A written appendix: one Document for page, paper, packet, search and comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from documents import codec, compare, pieces, records
from documents.compare.merged import merged
from documents.plain import fields
from documents.printing import paper
from documents.storage import files
from documents.tree import Chart, Missing, Picture, RichText, Table, Value
from documents.tree import pieces as cut
from meetings import search
from meetings.checking.run import check
from meetings.models import Appendix, WrittenBlock
from meetings.packets.building.reading import read
from meetings.rows import read_agenda
from meetings.services import staleness
from meetings.services import written as service
from meetings.services.copying import copy_item
from meetings.written.document import why_no_chart
from meetings.written.forming import form
from tests.documents.pdf_makers import failures
from tests.documents.test_page_equals_paper import (
    keys_on_paper,
    plain,
    printed_tags,
    read_page,
)
from tests.makers import a_meeting, a_secretary, an_item
from tests.makers_written import a_block, a_whole, a_written

if TYPE_CHECKING:
    from documents.tree import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> Appendix:
    """One with every kind of block."""
    return a_whole(an_item(a_meeting(), "Sagen"))


def formed(row: Appendix) -> Document:
    return form(row)[0]


def table_of(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def values(document: Document) -> list[Value]:
    rows = table_of(document).groups[0].rows
    return [part for row in rows for part in row.cells[-1] if isinstance(part, Value)]


def test_figures_in_a_row_are_one_table_and_the_chart_draws_them(
    whole: Appendix,
) -> None:
    document, made_of = form(whole)

    kinds = [type(block) for block in document.blocks]
    assert kinds == [RichText, Table, Chart, Picture]
    words = "1 tekst, 3 nøgletal, 1 billede og 1 diagram"
    assert made_of.replace("\u00a0", " ") == words
    assert document.lead == "Fra Sekretariatet, 7. november 2023"


def test_a_figure_keeps_number_unit_source_or_why_it_is_missing(
    whole: Appendix,
) -> None:
    first, second, third = values(formed(whole))

    assert (first.text, str(first.low)) == ("297\u00a0pladser", "297")
    assert first.source is not None
    assert first.source.name == "UC Absalon, 2022"
    assert (second.printed, second.qualifier) == ("ca.\u00a01.104", "ca.")
    assert (third.missing, third.low) == (Missing.NOT_MEASURED, None)


def test_keys_are_of_the_rows_and_move_with_them(whole: Appendix) -> None:
    before = formed(whole)
    service.move_block(whole.blocks.get(key="6").pk, to=1, by=a_secretary())

    after = formed(whole)

    assert before.key == after.key == "written:skrevet-1"
    assert {block.key for block in before.blocks} == {
        block.key for block in after.blocks
    }
    assert after.blocks[0].key == "written:skrevet-1/6"
    assert not compare.compare(before, after)


def test_page_and_paper_say_the_same_and_the_paper_is_accessible(
    whole: Appendix,
) -> None:
    document = formed(whole)
    made = pieces.make(document)
    on_page, keys = read_page(document, {})
    found = [(e, text) for _, e, text in printed_tags(made[0]) if e or text]

    elements = [element for element, _ in found]
    assert keys == list(keys_on_paper(document, made))
    assert elements.count("Figure") == 2
    assert [level for level, _ in on_page.headings] == [1, 2, 3, 2, 2]
    on_paper = plain("".join(text for _, text in found))
    for word in (
        "Dermanglerpladser.",
        "1.104",
        "ikkemålt",
        "Flesterlærere.",
        "De17kommuner",
    ):
        assert word in on_paper
        assert word in on_page.text
    assert failures(files().open(made[0].file).read()) == []


def test_a_picture_is_in_the_paper_itself_and_beside_the_page(whole: Appendix) -> None:
    document = formed(whole)
    picture = next(block for block in document.blocks if isinstance(block, Picture))

    on_paper = lxml_html.fromstring(paper.html_of(cut(document)[0]))

    (shown,) = on_paper.xpath("//img")
    assert shown.get("src").startswith("data:image/png;base64,iVBOR")
    assert shown.get("alt") == "Et kort"
    assert picture.name == f"{picture.file}.png"


def test_it_is_stored_compared_searched_and_given_as_data(whole: Appendix) -> None:
    before = formed(whole)
    WrittenBlock.objects.filter(appendix=whole, key="2").update(number="300")
    WrittenBlock.objects.filter(appendix=whole, key="6").update(alternative="Et andet")
    WrittenBlock.objects.filter(appendix=whole, key="5").update(sentence="Nu 300.")

    after = formed(whole)

    assert codec.loads(codec.dumps(after)) == after
    (edits,) = compare.compare(before, after)
    assert [edit.key.rpartition("/")[2] for edit in edits.edits] == ["5", "6"]
    (figure,) = edits.figures
    assert figure.new is not None
    assert (figure.new.text, figure.difference) == ("300\u00a0pladser", "+3")
    marks = merged(before.cover, after.cover)[1]
    assert {mark.key.rpartition("/")[2] for mark in marks} == {"2", "5", "6"}
    words = " ".join(field.text for field in fields(after.cover))
    assert "Et andet" in words
    assert "Nu 300." in words
    (record,) = records.records(after)
    assert {"Et andet", "Nu 300.", "300\u00a0pladser"} <= {
        datum.text for datum in record.data
    }


def test_editors_find_what_is_written_before_it_is_sent(whole: Appendix) -> None:
    meeting = whole.item.section.meeting

    (entry,) = search.appendices(search.scope_of(meeting.pk))

    texts = {passage.name: passage.text for passage in entry.passages}
    assert texts["Baggrund"].startswith("Der mangler pladser.")
    assert "ikke målt" in " ".join(p.text for p in entry.passages)
    assert entry.url.endswith(f"/bilag/{whole.pk}/tekst/")


def test_the_packet_is_made_of_it_and_grows_stale_with_it(whole: Appendix) -> None:
    meeting = whole.item.section.meeting_id
    staleness.refresh(meeting)
    first = read(meeting)

    service.edit_block(
        whole.blocks.get(key="1").pk, version=1, text="<p>Nyt.</p>", by=a_secretary()
    )
    staleness.refresh(meeting)

    agenda = read_agenda(meeting)
    assert first.volumes[0].documents[whole.pk].title == "Status"
    assert agenda.appendices[0].digest != first.agenda.appendices[0].digest
    assert agenda.appendices[0].kind == "written"
    assert read(meeting).agenda.appendices[0].digest == agenda.appendices[0].digest


def test_the_checks_read_what_is_written_and_lead_to_the_very_block() -> None:
    row = a_written(an_item(a_meeting(), "Sagen"))
    block = a_block(row, text="<p>Lorem ipsum dolor sit amet.</p>")

    found = check(row.item.section.meeting_id).found

    (own,) = [each for each in found if "orem" in each.quote]
    assert own.spot.url == block.get_absolute_url()


def test_a_picture_without_words_keeps_the_meeting_from_being_sent() -> None:
    row = a_written(an_item(a_meeting(), "Sagen"))
    block = a_block(row, "picture", alternative="")

    found = check(row.item.section.meeting_id).found

    (own,) = [each for each in found if "ikke beskrevet" in each.sentence]
    assert (own.is_error, own.may_answer) == (True, False)
    assert own.spot.url == block.get_absolute_url()


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([], "Diagrammet skal stå lige under de nøgletal, det tegner."),
        ([{"number": "3"}], "Der skal stå mindst to tal lige over diagrammet."),
        ([{"number": "3"}, {"number": "4", "unit": "pct."}], "Nøgletallene ovenfor har ikke samme enhed."),
    ],
)  # fmt: skip
def test_a_chart_that_cannot_be_drawn_says_why_and_prints_nothing(
    figures: list[dict[str, str]], said: str
) -> None:
    row = a_written(an_item(a_meeting(), "Sagen"))
    rows = [a_block(row, "figure", **own) for own in figures]
    a_block(row, "chart")

    assert why_no_chart(rows) == said
    assert not any(isinstance(block, Chart) for block in formed(row).blocks)


def test_a_copied_item_takes_the_text_along(whole: Appendix) -> None:
    target = a_meeting(slug="2024-01-24")

    made = copy_item(whole.item_id, to=target.pk, by=a_secretary())

    (copied,) = made.appendices.all()
    assert formed(copied).blocks == formed(whole).blocks


def test_status_words_say_the_list_s_word_once() -> None:
    said = [
        Appendix(status=status, status_text=text).status_words
        for status, text in (
            ("", ""), ("", "Version 3"), ("draft", ""), ("draft", "Udkast af 3. maj"),
            ("hearing", "Version 2."), ("final", "Modsigelse: forsiden siger UDKAST."),
        )
    ]  # fmt: skip

    assert said == [
        "", "Version 3", "Udkast.", "Udkast af 3. maj", "Høringsudkast. Version 2.",
        "Modsigelse: forsiden siger UDKAST.",
    ]  # fmt: skip
