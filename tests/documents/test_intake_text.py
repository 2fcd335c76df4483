"""The text of a file from outside: taken out once, kept, given back page by page."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from pikepdf import Name
from procrastinate.contrib.django.models import ProcrastinateJob

from documents.foreign import texts
from documents.intake import Facts, Limits, advice_on, read_text, wording
from documents.intake.reading import reading_of
from documents.models import ForeignFile
from documents.storage import files, keep_path
from documents.tasks import read_text as read_text_job
from documents.uploads import receive
from tests.documents import hostile as h
from tests.documents import pdf_makers

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(tmp_path: Path) -> ForeignFile:
    """A file of three pages, the second of which is a picture."""
    pdf = h.plain(3)
    pdf.pages[1].obj.Contents = pdf.make_stream(b"0 0 300 300 re f")
    pdf.pages[2].obj.Contents = pdf.make_stream(
        b"BT /F1 40 Tf 72 700 Td (\\306bler og \\345r) Tj ET"
    )
    pdf.pages[2].obj.Resources.Font.F1.Encoding = Name.WinAnsiEncoding
    source = tmp_path / "source.pdf"
    source.write_bytes(h.written(pdf))
    return receive(source, "æbler.pdf")


def test_each_page_has_its_text_and_a_picture_has_none(received: ForeignFile) -> None:
    assert texts(received) == ("Ord", "", "Æbler og år")
    assert received.facts["is_read"]


def test_the_text_is_stored_by_what_it_is(received: ForeignFile) -> None:
    stored = files().open(received.text).read()

    assert hashlib.sha256(stored).hexdigest() == received.text
    assert json.loads(stored) == ["Ord", "", "Æbler og år"]


def forget(file: ForeignFile) -> None:
    """Let the row be as an earlier release left it."""
    file.text = ""
    for key in ("is_read", "heading", "reads_as", "spaced_pages", "cpr_pages"):
        del file.facts[key]
    file.save()


def test_a_file_taken_in_before_gets_its_text_by_a_command(
    received: ForeignFile,
) -> None:
    before, cleaned = dict(received.facts), received.cleaned
    forget(received)
    assert texts(received) == ("", "", "")

    call_command("read_texts", verbosity=0)
    call_command("read_texts", verbosity=0)

    received.refresh_from_db()
    assert texts(received) == ("Ord", "", "Æbler og år")
    assert Facts.from_json(received.facts) == Facts.from_json(before)
    assert received.cleaned == cleaned


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    received: ForeignFile, tmp_path: Path
) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(b"noise")
    ForeignFile.objects.create(
        original=received.original, cleaned=keep_path(noise), name="støj.pdf", size=5,
        page_count=1, facts=received.facts,
    )  # fmt: skip
    forget(received)

    with pytest.raises(CommandError):
        call_command("read_texts", verbosity=0)

    received.refresh_from_db()
    assert texts(received)[0] == "Ord"


def test_a_file_that_takes_too_long_to_read_is_taken_and_read_by_a_job(
    tmp_path: Path,
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(h.written(h.plain()))

    file = receive(source, "brev.pdf", limits=Limits(reading_seconds=0.01))

    assert (file.text, texts(file)) == ("", ("",))
    assert [each.key for each in advice_on(file.facts)][:1] == ["unread"]
    waiting = ProcrastinateJob.objects.filter(task_name="documents.read_text")
    assert [job.args for job in waiting] == [{"file_pk": file.pk}]

    read_text_job(file.pk)
    read_text_job(file.pk)

    file.refresh_from_db()
    assert texts(file) == ("Ord",)
    assert "unread" not in {each.key for each in advice_on(file.facts)}


def test_text_that_cannot_be_read_in_time_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(h.written(h.plain()))

    assert read_text(path, 1) is not None
    assert read_text(path, 1, replace(Limits(), memory_bytes=20 << 20)) is None
    assert read_text(path, 1, replace(Limits(), wall_seconds=0.01)) is None


def test_a_reading_has_as_many_pages_as_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(h.written(h.plain(2)))

    reading = read_text(path, 3)

    assert reading is not None
    assert reading.texts == ("Ord", "Ord", "")


def test_the_largest_line_is_the_heading_and_it_may_run_on(tmp_path: Path) -> None:
    pdf = h.plain()
    pdf.pages[0].obj.Contents = pdf.make_stream(
        b"BT /F1 9 Tf 72 760 Td (Region Midt) Tj /F1 24 Tf 0 -40 Td (Veje for) Tj "
        b"0 -28 Td (alle & en) Tj /F1 11 Tf 0 -30 Td (Indledning) Tj ET"
    )
    path = tmp_path / "file.pdf"
    path.write_bytes(h.written(pdf))

    reading = read_text(path, 1)

    assert reading is not None
    assert reading.heading == "Veje for alle & en"


@pytest.mark.parametrize(
    ("text", "is_spaced"),
    [
        ("F O R M Å L", True), ("Kapitel 2: I N D H O L D her", True),
        ("ti l", False), ("A B C", False), ("a) b) c) d)", False),
        ("1 2 3 4 5 6", False), ("og i X Y Zebra", False),
    ],
)  # fmt: skip
def test_letter_spaced_words_are_seen(text: str, is_spaced: bool) -> None:  # noqa: FBT001
    assert wording.is_spaced(text) == is_spaced


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Det er en sag, som skal behandles af alle, og den er ikke med i planen.", "da"),
        ("The plan is for all of the towns, and it will be part of this agreement.", "en"),
        ("Det är en fråga som ska till behandling och den är inte med i planen för oss.", "sv"),
        ("Tabel 1 2 3 4", ""),
    ],
)  # fmt: skip
def test_the_language_is_told_by_its_small_words(text: str, language: str) -> None:
    assert wording.language_of((text * 12,)) == language


def test_text_holds_no_character_that_a_database_refuses() -> None:
    reading = reading_of(("a\0b\x07c\ud800", "e\u0301 \r\nny "), "")

    assert reading.texts == ("a b c", "é\nny")


def test_a_packet_of_our_own_reads_as_danish(tmp_path: Path) -> None:
    path = tmp_path / "own.pdf"
    path.write_bytes(pdf_makers.printed())

    reading = read_text(path, 1)

    assert reading is not None
    assert "Et afsnit i et punkt" in reading.texts[0]
