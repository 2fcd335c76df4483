"""Word files: what comes in, what is refused or left behind, each with a sentence (S14)."""

from __future__ import annotations

import io
import os
import zipfile
from typing import TYPE_CHECKING, Final

import pytest

from documents.intake.office import RefusedWord, WordText, read_word
from documents.intake.office.child import answer_for
from documents.intake.office.sentences import NOTES, REFUSALS
from tests.documents.word_makers import (
    MATHS,
    W,
    a_report,
    a_word,
    field,
    p,
    picture,
    relation,
)

if TYPE_CHECKING:
    from pathlib import Path

MAIN: Final = "word/document.xml"
MACROS: Final = "application/vnd.ms-word.document.macroEnabled.main+xml"
LAUGHS: Final = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9)
)
DELETED: Final = "<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
HEADER: Final = f'<w:hdr xmlns:w="{W}">{p("Fortroligt")}</w:hdr>'
COMMENT: Final = (
    f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{p("Nej")}</w:comment></w:comments>'
)


def outside(kind: str, target: str) -> str:
    return relation("x1", kind, target, is_outside=True)


def entity(declared: str, used: str) -> dict[str, str | bytes]:
    text = f'<!DOCTYPE d [{declared}]><w:document xmlns:w="{W}"><w:body>{p(used)}</w:body></w:document>'
    return {MAIN: text}


def encrypted_flag(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


def twice() -> bytes:
    out = io.BytesIO(a_word())
    with (
        zipfile.ZipFile(out, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        archive.writestr(MAIN, "<x/>")
    return out.getvalue()


REFUSED: Final = {
    "external entity": ("entities", a_word(parts=entity('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;"))),
    "entity in sixteen bits": ("entities", a_word(parts={MAIN: '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'.encode("utf-16")})),
    "billion laughs": ("entities", a_word(parts=entity(LAUGHS, "&l8;"))),
    "a part that unfolds": ("too_heavy", a_word(parts={"word/media/x.bin": b"\0" * 30_000_000})),
    "many thousand parts": ("too_heavy", a_word(parts={f"word/{n}": "" for n in range(5001)})),
    "a zip in a zip in a zip": ("too_heavy", a_word(parts={f"word/{n}.zip": b"\0" * 4_000_000 for n in range(53)})),
    "a place outside": ("paths", a_word(parts={"../../etc/cron.d/x": "x"})),
    "an absolute place": ("paths", a_word(parts={"/etc/x": "x"})),
    "the same part twice": ("damaged", None),
    "macros": ("macros", a_word(parts={"word/vbaProject.bin": b"x"})),
    "macros by its type": ("macros", a_word(parts={"[Content_Types].xml": f'<Types><Override ContentType="{MACROS}"/></Types>'})),
    "a field that starts a program": ("dde", a_word(field(r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"'))),
    "the same in one piece": ("dde", a_word('<w:p><w:fldSimple w:instr=" DDE excel x"/></w:p>')),
    "a protected part": ("old", encrypted_flag(a_word())),
    "a workbook": ("not_word", a_word().replace(b"word/document.xml", b"word/workbooks.xm")),
    "broken XML": ("damaged", a_word(parts={MAIN: "<w:document>"})),
    "half a file": ("damaged", a_word()[:-60]),
    "no word at all": ("no_text", a_word("<w:p/>")),
}  # fmt: skip
LEFT: Final = {
    "a linked picture": ("linked", a_word(p("Ord") + picture("x1", way="link"), relations=outside("image", "file:///etc/passwd"))),
    "a fetched text": ("linked", a_word(p("Ord") + field('INCLUDETEXT "http://127.0.0.1:9/x"'))),
    "a template": ("template", a_word(relations=outside("attachedTemplate", "http://127.0.0.1:9/x.dotm"))),
    "a link to a file": ("links", a_word(relations=outside("hyperlink", "file:///C:/x.docx"))),
    "a comment": ("comments", a_word(parts={"word/comments.xml": COMMENT})),
    "a deletion": ("deleted", a_word(p("Ord") + DELETED)),
    "a header": ("headers", a_word(parts={"word/header1.xml": HEADER})),
    "a chart": ("charts", a_word(parts={"word/charts/chart1.xml": "<c/>"})),
    "an embedded file": ("embedded", a_word(parts={"word/embeddings/x.bin": b"x"})),
    "a formula": ("equations", a_word(p("Ord") + f'<w:p><m:oMath xmlns:m="{MATHS}"/></w:p>')),
    "contents": ("contents", a_word(p("Ord 3", "Indholdsfortegnelse1") + p("Ord"))),
    "a picture of another kind": ("pictures", a_word(p("Ord") + picture("b1"), relations=relation("b1", "image", "media/x.emf"), parts={"word/media/x.emf": b"\1\0\0\0"})),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_come_in_is_refused_with_a_sentence(name: str) -> None:
    code, data = REFUSED[name]

    answer = answer_for(data or twice())

    assert answer == {"refused": code}
    assert REFUSALS[code].endswith(".")


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_behind_is_told(name: str) -> None:
    code, data = LEFT[name]

    answer = answer_for(data)

    assert answer["notes"] == [code]
    assert [part["html"] for part in answer["parts"]] in (
        ["<p>Ord</p>"],
        ["<p>Ord.</p>"],
    )
    assert NOTES[code].endswith(".")


def test_a_report_comes_in_with_its_chapters(tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    path.write_bytes(a_report())

    read = read_word(path)

    assert isinstance(read, WordText)
    assert read.title == "Status på praktikpladser"
    assert [(part.kind, part.heading) for part in read.parts] == [
        ("text", "Baggrund"), ("text", "Næste skridt"), ("picture", ""), ("text", "Noter"),
    ]  # fmt: skip
    assert '<a href="https://www.kkr.dk/">kkr.dk</a>' in read.parts[0].html
    assert '<h3>I tal</h3><table><thead><tr><th scope="col">' in read.parts[0].html
    assert (read.parts[2].alternative, read.parts[2].width) == (
        "Et kort over Sjælland",
        60,
    )
    assert read.notes == (NOTES["contents"], NOTES["footnotes"])


def test_the_child_reads_no_file_and_answers(tmp_path: Path) -> None:
    canary = tmp_path / "kanarie.png"
    os.mkfifo(canary)  # whoever opens it hangs, and the answer would be too_heavy
    path = tmp_path / "x.docx"
    path.write_bytes(
        a_word(
            p("Ord") + picture("x1", way="link"),
            relations=outside("image", canary.as_uri()),
        )
    )

    read = read_word(path)

    assert isinstance(read, WordText)
    assert [part.kind for part in read.parts] == ["text"]
    assert read.notes == (NOTES["linked"],)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", b""),
        ("not_word", b"%PDF-1.7"),
        ("old", b"\xd0\xcf\x11\xe0" + b"x" * 99),
    ],
)
def test_at_first_sight_nothing_is_opened(
    code: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)

    assert read_word(path) == RefusedWord(code, REFUSALS[code])
