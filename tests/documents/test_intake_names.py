"""What is said about a refused file, and how its name is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.intake import Limits, refusal_reason, refusal_sentence, safe_name
from documents.intake.sentences import MAX_NAME, NOTES, REFUSALS


def test_a_refusal_names_the_file_the_reason_and_what_to_do() -> None:
    assert refusal_sentence("122567 brev.pdf", "password") == (
        "122567 brev.pdf blev ikke modtaget. Filen er beskyttet med adgangskode og kan "
        "ikke sættes ind i pakken. Bed afsenderen om en fil uden adgangskode, eller gem "
        "den igen uden beskyttelse."
    )


def test_the_limits_are_told_in_danish_numbers() -> None:
    limits = Limits(max_bytes=50 * 1024 * 1024, max_pages=2000)

    assert "mere end 50 MB." in refusal_reason("too_large", limits)
    assert "mere end 2.000 sider." in refusal_reason("too_many_pages", limits)


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_is_whole_sentences_with_something_to_do(code: str) -> None:
    reason = refusal_reason(code)

    assert "{" not in reason
    assert reason.endswith(".")
    assert reason.count(". ") >= 1


@pytest.mark.parametrize("note", NOTES.values())
def test_every_note_is_a_sentence(note: str) -> None:
    assert note[0].isupper()
    assert note.endswith(".")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("brev.pdf", "brev.pdf"),
        ("Møde æøå.pdf", "Møde æøå.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\en\\brev.pdf", "brev.pdf"),
        ("linje\r\nto\x00\x1b[31m.pdf", "linje to[31m.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("\u2066\u200bbrev\u2069.pdf", "brev.pdf"),
        ("brev\udc80.pdf", "brev.pdf"),
        ("e\u0301t.pdf", "ét.pdf"),
        ("", "Filen"),
        ("..", "Filen"),
        ("///", "Filen"),
        (" \u00a0 ", "Filen"),
    ],
)
def test_odd_names_are_shown_as_one_harmless_line(name: str, shown: str) -> None:
    assert safe_name(name) == shown


def test_a_long_name_keeps_its_beginning_and_its_ending() -> None:
    shown = safe_name("a" * 300 + "_endelig.pdf")

    assert len(shown) == MAX_NAME
    assert shown.startswith("aaaa")
    assert shown.endswith("…_endelig.pdf")


@given(st.text(max_size=400))
def test_any_name_is_short_printable_and_settled(name: str) -> None:
    shown = safe_name(name)

    assert 0 < len(shown) <= MAX_NAME
    assert not any(unicodedata.category(char)[0] == "C" for char in shown)
    assert "/" not in shown
    assert safe_name(shown) == shown
