"""Pieces: printed once, found by hash, laid out again where a page number moved."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pikepdf
import pytest

from core import clock
from documents import cached, pieces
from documents.marks import marks_between
from documents.models import CachedPiece
from documents.printing import paper
from documents.printing.pdf import RenderError, TooHeavyError
from documents.printing.renderers import render_many, start_renderers, stop_renderers
from documents.storage import files
from documents.tree import PageOf, Paragraph, Words
from documents.tree import pieces as cut
from tests.documents.documents_to_print import document, long_idea, record
from tests.documents.pdf_makers import failures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from documents.pieces import MadePiece
    from documents.tree import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def renderers() -> Iterator[None]:
    start_renderers()
    yield
    stop_renderers()


def text_of(made: MadePiece) -> str:
    return read(files().open(made.file).read())


def read(pdf: bytes) -> str:
    """The words of a PDF in order, by poppler."""
    found = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, check=True, capture_output=True
    )
    return " ".join(found.stdout.decode().split())


def test_a_document_is_cut_into_pieces_with_pages_that_follow() -> None:
    whole = document(record("et"), record("to", long_idea(30)), record("tre"))

    made = pieces.make(whole)

    assert [piece.key for piece in made] == [
        "document:prove", "record:et", "record:to", "record:tre",
    ]  # fmt: skip
    assert [piece.depth for piece in made] == [0, 1, 1, 1]
    assert [piece.page_count for piece in made] == [1, 1, 3, 1]
    assert [piece.first_page for piece in made] == [1, 2, 3, 6]
    assert made[1].heading == "Sag 1. Sag et"
    assert made[1].anchor == "record-et"


def test_the_cover_shows_the_page_that_each_section_begins_on() -> None:
    made = pieces.make(
        document(record("et"), record("to", long_idea(30)), record("tre"))
    )

    assert "Sag et 2 Sag to 3 Sag tre 6" in text_of(made[0])


def test_a_cover_that_grows_moves_the_pages_it_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pieces, "MANY_PAGES", 50)  # what the cover shows
    sections = [record(f"nr{number}") for number in range(50)]
    last = sections[-1]
    words = (Words("Begynder på side "), PageOf("record:nr0"))
    said = Paragraph(f"{last.key}/said", "Ord", (words,))
    sections[-1] = replace(last, blocks=(said,))

    made = pieces.make(document(*sections))

    assert made[0].page_count == 2
    assert made[1].first_page == 3
    assert "Sag nr49 52" in text_of(made[0])
    assert "Begynder på side 3" in text_of(made[-1])
    # The cover was counted before it was printed once, with the pages it then knew.
    (counted,) = CachedPiece.objects.filter(file="")
    assert counted.page_count == 2
    assert CachedPiece.objects.count() == len(made) + 1
    assert [piece.is_new for piece in made] == [True] * len(made)
    last_month = clock.now() - timedelta(days=31)
    CachedPiece.objects.filter(pk=counted.pk).update(used_at=last_month)
    assert cached.sweep() == 1


def test_what_has_not_changed_is_not_printed_again() -> None:
    whole = document(record("et"), record("to"))
    first = pieces.make(whole)

    again = pieces.make(whole)

    assert [piece.is_new for piece in first] == [True, True, True]
    assert [piece.is_new for piece in again] == [False, False, False]
    assert [piece.file for piece in again] == [piece.file for piece in first]


def test_only_the_piece_that_holds_an_edit_is_printed_again() -> None:
    pieces.make(document(record("et"), record("to")))

    made = pieces.make(document(record("et", "<p>Rettet.</p>"), record("to")))

    assert [piece.is_new for piece in made] == [False, True, False]


def test_equal_documents_are_stored_as_equal_files() -> None:
    whole = document(record("et"), record("to"))
    first = pieces.make(whole)
    CachedPiece.objects.all().delete()

    again = pieces.make(whole)

    assert [piece.is_new for piece in again] == [True, True, True]
    assert [piece.file for piece in again] == [piece.file for piece in first]


def test_a_file_that_was_lost_is_printed_again() -> None:
    whole = document(record("et"))
    first = pieces.make(whole)
    files().delete(first[1].file)

    again = pieces.make(whole)

    assert [piece.is_new for piece in again] == [False, True]
    assert files().exists(first[1].file)


def test_every_stored_piece_conforms_to_pdf_ua() -> None:
    for piece in pieces.make(document(record("et"), record("to", long_idea(12)))):
        assert failures(files().open(piece.file).read()) == []


def test_a_page_asked_of_no_section_is_an_error() -> None:
    lost = document(record("et"))
    broken = cut(lost)[0].section

    with pytest.raises(ValueError, match="record:et"):
        pieces.make(type(lost)("document:x", "X", blocks=broken.blocks))


def test_progress_is_told_piece_by_piece() -> None:
    told: list[tuple[int, int]] = []

    pieces.make(
        document(record("et"), record("to")), on_piece=lambda *at: told.append(at)
    )

    assert told[-1] == (3, 3)
    assert {done for done, _ in told} >= {1, 2, 3}


def test_making_what_is_there_costs_the_same_queries_for_any_number_of_pieces(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    small = document(record("et"))
    large = document(*(record(f"nr{number}") for number in range(8)))
    pieces.make(small)
    pieces.make(large)

    for whole in (small, large):
        with django_assert_num_queries(2):
            pieces.make(whole)


def test_laying_out_asks_nothing_of_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        for piece in cut(document(record("et"))):
            paper.html_of(piece)
        pieces.document_digest(document(record("et")))


def test_the_hash_tells_other_content_from_the_same() -> None:
    same = pieces.document_digest(document(record("et")))

    assert same == pieces.document_digest(document(record("et")))
    assert same != pieces.document_digest(document(record("et", "<p>Andet.</p>")))


def test_pieces_unused_for_a_month_are_swept_with_their_files() -> None:
    old, young = pieces.make(document(record("et")))
    CachedPiece.objects.filter(digest=old.digest).update(
        used_at=clock.now() - timedelta(days=31)
    )

    gone = cached.sweep()

    assert gone == 1
    assert (files().exists(old.file), files().exists(young.file)) == (False, True)


def test_a_piece_that_is_used_again_is_not_swept() -> None:
    whole = document(record("et"))
    pieces.make(whole)
    CachedPiece.objects.update(used_at=clock.now() - timedelta(days=31))

    pieces.make(whole)

    assert cached.sweep() == 0


def test_that_a_piece_is_used_is_noted_once_a_day() -> None:
    whole = document(record("et"))
    pieces.make(whole)
    earlier = clock.now() - timedelta(hours=2)
    CachedPiece.objects.update(used_at=earlier)

    pieces.make(whole)

    assert set(CachedPiece.objects.values_list("used_at", flat=True)) == {earlier}


def test_a_page_that_is_refused_is_an_error_and_the_next_is_printed() -> None:
    bad = '<!doctype html><html lang="da"><title>x</title><img src="http://x/" alt="x">'

    with pytest.raises(RenderError, match="static files"):
        list(render_many([("bad", bad, False)]))

    assert [key for key, _ in render_many([("good", page(), False)])] == ["good"]


def test_a_printing_process_that_dies_is_an_error_and_a_new_one_is_started() -> None:
    from documents.printing import renderers as running  # noqa: PLC0415

    pool = running._running()
    victim = pool.submit(os.getpid).result()
    os.kill(victim, signal.SIGKILL)

    with pytest.raises(RenderError, match="ended"):
        list(render_many((number, page(), False) for number in range(9)))

    printed = dict(render_many([("again", page(), False)]))
    content = printed["again"]
    assert isinstance(content, bytes)
    assert len(pikepdf.open(io.BytesIO(content)).pages) == 1


def test_what_takes_too_much_time_or_memory_is_given_up_and_the_next_is_printed() -> (
    None
):
    from documents.printing import renderers as running  # noqa: PLC0415

    for do, asked, seconds, said in (
        (bytearray, running.BYTES_A_BUILD // running.PROCESSES, 60, "memory"),
        (time.sleep, 60, 0.1, "time"),
    ):
        given_up = running._running().submit(running._within, do, asked, seconds)
        with pytest.raises(TooHeavyError, match=said):
            given_up.result(timeout=30)

    assert [key for key, _ in render_many([("next", page(), False)])] == ["next"]


def page() -> str:
    return paper.html_of(cut(document(record("et")))[1])


def test_changes_in_words_are_left_out_where_they_would_need_a_page() -> None:
    """A page for their sake would be gone in the next version; the marks stay."""
    before = [only_idea(amount) for amount in range(10, 16)]
    last = max(n for n, each in enumerate(before) if page_count(each) == 1)
    old, new = before[last], with_another_head(before[last])
    marked = marks_between(old, new, since="version 1", sent="version 1")
    given = {"record:et": ("2",)}

    longer = pieces.make(new, marked=marked)[1]
    made = pieces.make(new, marked=marked, given=given)[1]

    assert (longer.page_count, made.page_count) == (2, 1)
    assert "er blevet til" in text_of(longer)
    assert "er blevet til" not in text_of(made)


def only_idea(amount: int) -> Document:
    section = record(idea=long_idea(amount))
    return document(replace(section, blocks=section.blocks[:1]))


def with_another_head(old: Document) -> Document:
    section = replace(old.sections[0], title="Sag to", label="Sag 2", lead="En anden.")
    return replace(old, sections=(section,))


def page_count(of: Document) -> int:
    return pieces.make(of)[1].page_count
