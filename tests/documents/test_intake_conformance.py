"""Where a foreign file's tags fall short: a validator nobody here wrote is the judge."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from page import ValidationProfile, validate_pdf_bytes
from pikepdf import Dictionary, Name, Pdf, String

from documents.intake import Accepted, Facts, Limits, take_in
from documents.intake.child import answer_for
from tests.documents import flawed as f

if TYPE_CHECKING:
    from pathlib import Path

FLAWS: dict[str, f.Flaw] = {
    "figure without text": f.attribute("Figure", Alt=String("")),
    "formula without text": f.role("P", "Formula"),
    "first heading too low": f.role("H1", "H2"),
    "level left out": f.role("H2", "H3"),
    "two kinds of headings": f.role("H2", "H"),
    "unknown role": f.role("P", "Manchet"),
    "paragraph in list": f.role("LI", "P"),
    "paragraph in list item": f.role("LBody", "P"),
    "paragraph in table": f.role("TR", "P"),
    "paragraph in row": f.role("TD", "P"),
    "table body as division": f.role("TBody", "Div"),
    "contents with list items": f.role("L", "TOC"),
    "cell too wide": f.attribute("TD", A=Dictionary(O=Name.Table, ColSpan=2)),
    "cell too high": f.attribute("TD", A=Dictionary(O=Name.Table, RowSpan=3)),
    "cell missing": f.cell_gone,
    "caption in the middle": f.caption_between,
    "headers without direction": f.no_headers,
    "suspects": f.suspects,
    "loose path": f.drawn(f.SQUARE),
    "mark without number": f.drawn(b"/Span BMC " + f.SQUARE + b" EMC"),
    "artifact in tag": f.drawn(b"/P <</MCID 0>> BDC /Artifact BMC EMC EMC"),
    "tag in artifact": f.drawn(b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC"),
    "loose form": f.drawn_form(f.SQUARE, b"/Zz Do"),
    "untagged link": f.annotation(Subtype=Name.Link, Contents=String("x")),
    "untagged square": f.annotation(Subtype=Name.Square, Contents=String("x")),
    "font missing": f.without("FontDescriptor", "/FontFile2", "/FontFile3"),
    "standard font": f.drawn_text(b"/Hv 9 Tf (x) Tj"),
    "no letters": f.without("Font", "/ToUnicode"),
    "no glyph map": f.without("Font", "/CIDToGIDMap"),
    "wrong widths": f.wide_letters,
    "no such glyph": f.drawn_code(b"fff0"),
    "glyph for nothing": f.drawn_code(b"0000"),
    "letters nowhere": f.letters_nowhere,
}

HARMLESS: dict[str, f.Flaw] = {
    "nothing": lambda _: None,
    "mapped role": lambda pdf: (
        f.role("P", "Manchet")(pdf),
        f.roles(Manchet=Name.P)(pdf),
    ),
    "standard role renamed": f.roles(P=Name.Span),
    "roles in a circle": f.roles(Et=Name.To, To=Name.Et),
    "note without name": f.role("P", "Note"),
    "bad language": f.attribute("P", Lang=String("dansk!")),
    "path as artifact": f.drawn(b"/Artifact BMC " + f.SQUARE + b" EMC"),
    "clip": f.drawn(b"q 0 0 5 5 re W n Q"),
    "form as artifact": f.drawn_form(f.SQUARE, b"/Artifact BMC /Zz Do EMC"),
    "comment window": f.annotation(Subtype=Name.Popup),
    "printer's mark": f.annotation(Subtype=Name.PrinterMark),
    "comment": f.annotation(Subtype=Name.Text, Contents=String("x")),
    "hidden comment": f.annotation(Subtype=Name.Text, F=2),
    "hidden square": f.annotation(Subtype=Name.Square, F=2),
    "unnamed link": f.no_link_names,
    "unseen font": f.drawn_text(b"3 Tr /Hv 9 Tf (x) Tj"),
    "unused font": f.drawn_text(b""),
    "wrong list of glyphs": f.glyph_list,
    "no parent": f.no_parent,
}


def problems_and_failures(flaw: f.Flaw) -> tuple[tuple[str, ...], set[str]]:
    """What the intake says of a flawed file, and what the validator says of its copy.

    The child's own function is called, without the child: that saves half the time.
    """
    clean = io.BytesIO()
    answer = answer_for(io.BytesIO(f.flawed(flaw)), clean, Limits())
    facts = Facts.from_json(answer["facts"])
    assert facts.tagged
    report = validate_pdf_bytes(clean.getvalue(), profile=ValidationProfile.PDF_UA_1)
    return facts.problems, {failure.rule_id for failure in report.failures}


@pytest.mark.parametrize("name", FLAWS)
def test_what_the_validator_fails_is_named_by_the_intake(name: str) -> None:
    problems, failures = problems_and_failures(FLAWS[name])

    assert failures
    assert problems


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_harmless_or_repaired_conforms_and_is_not_complained_of(
    name: str,
) -> None:
    problems, failures = problems_and_failures(HARMLESS[name])

    assert failures == set()
    assert problems == ()


def test_the_sentences_say_what_and_where() -> None:
    def several(pdf: Pdf) -> None:
        f.attribute("Figure", Alt=String(""))(pdf)
        f.drawn(f.SQUARE)(pdf)
        f.drawn_text(b"/Hv 9 Tf (x) Tj")(pdf)

    problems, _ = problems_and_failures(several)

    assert problems == (
        "1 billede har ingen tekst, der kan læses op.",
        "Skrifttypen Helvetica er ikke indlejret i filen.",
        "Noget af indholdet på side 1 er ikke mærket op.",
    )


@pytest.mark.parametrize(
    ("flaw", "level", "sentence"),
    [
        (HARMLESS["nothing"], "ok", "Kan læses op."),
        (
            FLAWS["figure without text"],
            "partial",
            "Kan læses op, men 1 billede har ingen tekst.",
        ),
        (
            FLAWS["no letters"],
            "partial",
            "Kan læses op, men noget af teksten mangler bogstavernes navne.",
        ),
        (
            lambda pdf: setattr(pdf.Root.MarkInfo, "Marked", False),
            "partial",
            "Uden opmærkning: teksten kan læses op, "
            "men ikke overskrifter, lister og tabeller.",
        ),
    ],
)
def test_the_public_is_told_what_is_wrong_without_a_standards_name(
    tmp_path: Path, flaw: f.Flaw, level: str, sentence: str
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(f.flawed(flaw))

    verdict = take_in(source, cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Accepted)
    assert verdict.facts.readability.level == level
    assert verdict.facts.readability.sentence == sentence
