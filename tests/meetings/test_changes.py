"""What differs between two sent versions: items, records, files and pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser

from documents.compare import Edit
from documents.tree import Document, Section
from meetings.models import Appendix
from meetings.packets.changes.items import ItemChanges, RecordChanges
from meetings.packets.changes.versions import (
    MeetingChanges,
    changes_between,
    editions,
    known_of,
    sent_versions,
)
from meetings.packets.changes.words import file_words, page_words, verdict_words
from meetings.services import agenda, appendices
from tests.made import again
from tests.makers_packets import a_document, a_user
from tests.meetings.versions import (
    a_read_file,
    letter,
    replace_letter,
    sent_again,
    sent_once,
)

if TYPE_CHECKING:
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    return sent_once()


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def compared(meeting: Meeting) -> MeetingChanges:
    versions = sent_versions(meeting.slug, AnonymousUser(), None)
    found = editions(versions[:2], AnonymousUser(), None)
    old, new = (found[number] for number in sorted(found))
    return changes_between(old, new, known_of(old, new))


def only(meeting: Meeting) -> ItemChanges:
    (item,) = compared(meeting).items
    return item


def a_changed_document() -> Document:
    document = a_document(("Praktikordningen kan bruges mere", "Flere timer"))
    titled = replace(document.sections[1], title="Et enklere forløb")
    return replace(document, sections=(document.sections[0], titled))


def test_an_items_text_is_told_by_its_field(meeting: Meeting) -> None:
    sent_again(meeting, case="<p>Den anden tekst.</p>", summary="")
    item = only(meeting)

    fields = [(edit.name, edit.state) for edit in item.records[0].edits]
    assert fields == [("Resumé", "gone"), ("Sagsfremstilling", "changed")]
    assert item.brief == "resumé og sagsfremstilling"


def test_records_of_a_catalogue_are_told_with_their_pages(meeting: Meeting) -> None:
    sent_again(meeting, a_changed_document())
    records = [record for record in only(meeting).records if record.kind == "section"]

    assert [(record.name, record.pages) for record in records] == [
        ("Bilag 1, forslag 1", "4"),
        ("Bilag 1, forslag 2", "5"),
    ]
    assert only(meeting).brief.startswith("2\u00a0forslag rettet")


def test_only_the_pages_of_changed_records_are_changed(meeting: Meeting) -> None:
    sent_again(meeting, a_changed_document())
    pages = compared(meeting).pages

    assert (pages.changed, pages.new, pages.gone) == (("4", "5"), (), ())
    assert pages.sheets == (4, 5)
    assert page_words(pages) == (
        "2 sider er ændret (s.\u00a04–5), 7 er som før. Ingen numre er flyttet."
    )


def test_a_record_that_is_gone_has_no_link(meeting: Meeting) -> None:
    document = a_document()
    sent_again(meeting, replace(document, sections=document.sections[:1]))
    (gone,) = [record for record in only(meeting).records if record.kind == "section"]

    assert (gone.state, gone.bilag, gone.title) == ("gone", "", "Et enkelt forløb")


def test_a_new_appendix_is_one_change_and_moves_no_number(meeting: Meeting) -> None:
    item = Appendix.objects.filter(item__section__meeting=meeting)[0].item
    source = {"source": "tests.catalogue", "options": {}}
    late = appendices.add_generated(item.pk, title="Sent", by=a_user(), **source)  # type: ignore[arg-type]
    sent_again(meeting)
    (record,) = [r for r in only(meeting).records if r.kind == "appendix"]

    assert record.name == f"{late.number}, nyt bilag"
    assert not compared(meeting).pages.moved


def test_a_withdrawn_appendix_is_said_to_be_gone(meeting: Meeting) -> None:
    appendices.withdraw_appendix(letter(meeting).pk, by=a_user())
    sent_again(meeting)
    (record,) = [r for r in only(meeting).records if r.kind == "appendix"]
    pages = compared(meeting).pages

    assert (record.state, record.name) == ("gone", "Bilag 2, udgået")
    assert pages.gone == ("6", "7", "8", "9")
    assert "4 er udgået (s.\u00a06–9)" in page_words(pages)


def test_a_new_item_is_said_to_be_new_and_the_others_unchanged(
    meeting: Meeting,
) -> None:
    section = Appendix.objects.filter(item__section__meeting=meeting)[0].item.section
    agenda.create_item(section.pk, by=a_user(), title="Et nyt punkt")
    sent_again(meeting, key="indspil")
    changes = compared(meeting)

    assert [(item.state, item.brief) for item in changes.items] == [
        ("new", "nyt punkt")
    ]
    assert [number for number, _ in changes.unchanged] == ["2.1"]
    assert verdict_words(changes) == "1 af 2\u00a0punkter er ændret"


BEFORE = ("Kære KKR. Svar os inden jul.", "Venlig hilsen", "Bilagsliste her")


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (("Kære KKR. Svar os inden påske.", *BEFORE[1:]), "Teksten er ændret på 1\u00a0side."),
        (BEFORE, "Teksten er som før."),
        ((BEFORE[2], BEFORE[0], BEFORE[1]), "anden rækkefølge"),
        (("", "", ""), "Teksten er ændret på 3\u00a0sider."),
    ],
)  # fmt: skip
def test_a_replaced_file_is_compared_page_by_page(
    meeting: Meeting, after: tuple[str, ...], said: str
) -> None:
    replace_letter(meeting, a_read_file(*BEFORE))
    sent_again(meeting)
    replace_letter(meeting, a_read_file(*after, mark="ny"))
    sent_again(meeting, process="<p>Endnu en gang.</p>")
    (record,) = [r for r in only(meeting).records if r.kind == "file"]

    assert record.file is not None
    assert said in " ".join(file_words(record.file))


def test_a_file_that_can_be_read_aloud_now_is_one_change_and_says_so(
    meeting: Meeting,
) -> None:
    replace_letter(meeting, a_read_file("Kære KKR"))
    sent_again(meeting)
    readable = a_read_file("Kære KKR", mark="ny")
    sentence = {"level": "ok", "sentence": "Kan læses op."}
    readable.facts |= {"tagged": True, "readability": sentence}
    readable.save()
    replace_letter(meeting, readable)
    sent_again(meeting, process="<p>Endnu en gang.</p>")

    (record,) = [r for r in only(meeting).records if r.kind == "file"]

    (edit,) = record.edits
    said = [(run.mark, run.text) for run in edit.lines[0].runs if run.text != " "]
    assert said == [
        ("removed", "Siderne kan ikke læses op. Læs resuméet i stedet."),
        ("added", "Kan læses op."),
    ]
    assert record.count == 1


def told(name: str, field: str) -> RecordChanges:
    """A proposal in which one field differs."""
    return RecordChanges(
        "section", name, "changed", edits=(Edit("x", field, "new", ()),)
    )


def test_the_third_record_that_tells_the_same_is_folded_away() -> None:
    titles = [told(f"Bilag 3, forslag {n}", "Andre titler") for n in range(1, 6)]
    risk = told("Bilag 3, forslag 12", "Risiko 1")
    item = ItemChanges("k", "2.1", "2-1", "H", "changed", "", (*titles, risk))

    assert item.shown == (*titles[:2], risk)
    assert item.folded == tuple(titles[2:])


def test_five_records_are_all_shown() -> None:
    titles = tuple(told(f"Bilag 3, forslag {n}", "Andre titler") for n in range(5))
    item = ItemChanges("k", "2.1", "2-1", "H", "changed", "", titles)

    assert (item.shown, item.folded) == (titles, ())


def test_what_cannot_be_compared_is_said(meeting: Meeting) -> None:
    replace_letter(meeting, a_read_file("Kære KKR", "", ""))
    sent_again(meeting)
    (record,) = [r for r in only(meeting).records if r.kind == "file"]

    assert record.file is not None
    words = " ".join(file_words(record.file))
    assert "2\u00a0sider er billeder uden tekst, der kan sammenlignes." in words
    assert "Om siderne ser ud som før, er ikke undersøgt." in words


def test_files_from_outside_that_show_an_old_title_are_named(meeting: Meeting) -> None:
    old = Section(key="proposal:to", title="Et noget længere forløb", label="Forslag 2")
    document = a_document()
    first = replace(document, sections=(document.sections[0], old))
    replace_letter(meeting, a_read_file("Side", "… Et noget læn-\ngere forløb …", "x"))
    sent_again(meeting, first)
    sent_again(meeting, document, process="<p>Endnu en gang.</p>")

    assert only(meeting).notes == (
        "Bilag 2 (s.\u00a08) er en fil, der kommer udefra. "
        "Den viser stadig den gamle titel.",
    )
