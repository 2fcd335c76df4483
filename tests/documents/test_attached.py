"""Data inside a PDF: they belong to an appendix, and go where all of its pages go."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from documents import known_data
from documents.data import data_files
from documents.intake import Limits
from documents.intake.child import answer_for
from documents.intake.kept import KnownFile
from documents.joining.excerpt import excerpt
from documents.joining.packet import join, join_part
from documents.parts import ForeignFile, Part
from documents.storage import files
from documents.uploads import receive
from tests.documents.pdf_makers import FONTS, failures, report
from tests.documents.test_packet import small_packet
from tests.makers_packets import GAINS, a_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DATA = data_files(a_document())
CSV, JSON = (f"2.1 Bilag 1 Forenklingskatalog.{kind}" for kind in ("csv", "json"))
# The appendix with data lies on sheets 3 to 6 of nine.
ITS_SHEETS = (3, 4, 5, 6)


def parts_with_data(folder: Path) -> list[Part]:
    parts = small_packet(folder)
    parts[2] = replace(parts[2], data=DATA)
    return parts


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packet")
    out = folder / "packet.pdf"
    join(parts_with_data(folder), title="Bilagspakke", fonts=FONTS, out=out)
    return out


def inside(content: bytes) -> dict[str, bytes]:
    """The files that a reader lists."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return {
            name: file.get_file().read_bytes() for name, file in pdf.attachments.items()
        }


def cut(packet: Path, *sheets: int) -> bytes:
    return excerpt(packet, sheets, labels=[str(at) for at in sheets], title="Et udvalg")


def known() -> dict[str, KnownFile]:
    return {
        file.sha256: KnownFile(file.name, file.media_type, file.description)
        for file in DATA
    }


def cleaned(content: bytes, own: dict[str, KnownFile]) -> tuple[bytes, Any]:
    out = io.BytesIO()
    answer = answer_for(io.BytesIO(content), out, Limits(), own)
    return out.getvalue(), answer


def test_the_rows_are_the_documents_and_nothing_elses() -> None:
    told = json.loads(DATA[1].content)

    assert [file.name for file in DATA] == [
        "Forenklingskatalog.csv",
        "Forenklingskatalog.json",
    ]
    assert DATA[0].content.decode("utf-8-sig").splitlines()[1] == (
        f"gain:1;Forslag 1;Færre målgrupper;Gevinster;1;{GAINS[0]};;;;;;"
    )
    assert (told["key"], told["schema"]) == ("catalogue:forenkling", 1)
    assert [field["text"] for field in told["records"][0]["fields"]] == [*GAINS]


def test_data_belong_to_their_appendix_and_are_listed(packet: Path) -> None:
    content = packet.read_bytes()

    assert inside(content) == {CSV: DATA[0].content, JSON: DATA[1].content}
    assert failures(content) == []
    with Pdf.open(packet) as pdf:
        parts = pdf.Root.StructTreeRoot.K[0].K
        owners = [str(part.T) for part in parts if "/AF" in part]
        spec: Any = parts[2].AF[0]
        assert owners == ["Katalog"]
        assert (spec.AFRelationship, str(spec.UF)) == (Name.Data, CSV)
        assert spec.EF.F.Subtype == Name("/text/csv")
        assert set(spec.EF.F.Params.keys()) == {"/Size", "/CheckSum"}


def test_two_builds_with_data_have_the_same_bytes(packet: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    join(parts_with_data(tmp_path), title="Bilagspakke", fonts=FONTS, out=again)

    assert again.read_bytes() == packet.read_bytes()


@pytest.mark.parametrize(
    ("sheets", "names"),
    [
        ((2, *ITS_SHEETS), {CSV, JSON}),
        (ITS_SHEETS, {CSV, JSON}),
        (ITS_SHEETS[1:], set()),
        ((1, 7, 8), set()),
    ],
)
def test_an_excerpt_has_the_data_of_whole_appendices(
    packet: Path, sheets: tuple[int, ...], names: set[str]
) -> None:
    content = cut(packet, *sheets)

    assert set(inside(content)) == names
    assert (DATA[0].content in uncompressed(content)) == bool(names)
    assert failures(content) == []


def uncompressed(content: bytes) -> bytes:
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.all,
                 compress_streams=False)  # fmt: skip
    return out.getvalue()


def test_an_appendix_by_itself_has_its_data(tmp_path: Path) -> None:
    part = parts_with_data(tmp_path)[2]

    content = join_part(part, title="Katalog", fonts=FONTS)

    assert set(inside(content)) == {CSV, JSON}
    assert failures(content) == []


def test_our_own_packet_keeps_its_data_when_it_comes_back(packet: Path) -> None:
    copy, answer = cleaned(packet.read_bytes(), known())

    assert "embedded" not in answer["facts"]["removed"]
    assert answer["inside"] == sorted(file.sha256 for file in DATA)
    assert inside(copy) == {file.name: file.content for file in DATA}
    assert cleaned(copy, known())[0] == copy


def test_data_that_no_record_knows_are_dropped_and_it_is_said(packet: Path) -> None:
    csv, *_ = DATA
    own = {csv.sha256: known()[csv.sha256]}

    for some, names in (({}, set()), (own, {csv.name})):
        copy, answer = cleaned(packet.read_bytes(), some)
        assert set(inside(copy)) == names
        assert "embedded" in answer["facts"]["removed"]
        assert DATA[1].content not in uncompressed(copy)


def test_kept_data_travel_into_the_next_packet(packet: Path, tmp_path: Path) -> None:
    back = tmp_path / "back.pdf"
    back.write_bytes(cleaned(packet.read_bytes(), known())[0])
    again = Part(
        "foreign", "3.1 Bilag 2", "Pakken", "pakken",
        foreign=ForeignFile(back, "Pakken", is_tagged=True),
    )  # fmt: skip

    content = join_part(again, title="Pakken", fonts=FONTS)

    assert inside(content) == {
        f"3.1 Bilag 2 {file.name}": file.content for file in DATA
    }
    assert failures(content) == []


@pytest.mark.django_db
def test_an_upload_keeps_just_what_our_records_know(
    packet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    csv, _ = DATA
    monkeypatch.setattr(known_data, "_lookups", [])
    own = {csv.sha256: known()[csv.sha256]}
    known_data.register(lambda asked: {key: own[key] for key in asked if key in own})

    row = receive(packet, "pakke.pdf")

    with files().open(row.cleaned) as opened:
        assert inside(opened.read()) == {csv.name: csv.content}
    assert "Filer, der lå inde i filen, er fjernet." in row.notes[0]
    own |= known()
    again = receive(packet, "pakke.pdf")
    assert again.notes == [
        "Indeholder vores data: Forenklingskatalog.csv og Forenklingskatalog.json."
    ]
    assert {each["sha256"] for each in again.data} == known().keys()


def a_liar(spec: Any) -> None:
    spec.UF = String("Godkendt regnskab.csv")


def a_link(spec: Any) -> None:
    spec.RF = Dictionary(F=Array([String("a"), spec.EF.F]))


def a_program(spec: Any) -> None:
    spec.EF.DOS = spec.EF.F


@pytest.mark.parametrize("forge", [a_liar, a_link, a_program])
def test_only_the_bytes_are_believed(
    packet: Path, forge: Callable[[Any], None]
) -> None:
    with Pdf.open(packet) as pdf:
        for spec in NameTree(pdf.Root.Names.EmbeddedFiles).values():
            forge(spec)
        out = io.BytesIO()
        pdf.save(out)

    copy, _ = cleaned(out.getvalue(), known())

    assert inside(copy) == {file.name: file.content for file in DATA}


def test_one_other_byte_is_no_data_of_ours(packet: Path) -> None:
    with Pdf.open(packet) as pdf:
        for spec in NameTree(pdf.Root.Names.EmbeddedFiles).values():
            spec.EF.F.write(spec.EF.F.read_bytes() + b" ")
        out = io.BytesIO()
        pdf.save(out)

    copy, answer = cleaned(out.getvalue(), known())

    assert inside(copy) == {}
    assert "embedded" in answer["facts"]["removed"]


def test_a_file_that_unfolds_too_far_is_not_unfolded() -> None:
    with Pdf.open(io.BytesIO(report())) as pdf:
        pdf.attachments["nuller.csv"] = bytes(17 << 20)
        out = io.BytesIO()
        pdf.save(out)

    copy, answer = cleaned(out.getvalue(), known())

    assert inside(copy) == {}
    assert answer["inside"] == []
    assert "embedded" in answer["facts"]["removed"]
    assert hashlib.sha256(bytes(17 << 20)).hexdigest() not in str(answer)
