"""Files as they come: odd names are kept harmless, refusals leave nothing behind (S14)."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import pytest

from documents.models import ForeignFile
from documents.storage import files
from documents.uploads import RefusedFileError, receive
from tests.documents import hostile as h
from tests.documents import telling as t

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

NAMES = {
    "300 characters": "a" * 300 + ".pdf",
    "path upwards": "../../../etc/passwd.pdf",
    "path of windows": "C:\\Windows\\..\\brev.pdf",
    "NUL": "brev\0.pdf",
    "newline": "brev\r\nSet-Cookie: a=b.pdf",
    "right to left": "brev\u202efdp.exe",
    "escape": "brev\x1b[2J.pdf",
    "half a character": "brev\udcff.pdf",
    "dots": "..",
    "markup": "<script>alert(1)</script>.pdf",
}


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(h.written(h.plain()))
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_an_odd_name_is_kept_under_a_harmless_one(
    honest: Path, name: str
) -> None:
    file = receive(honest, NAMES[name])

    file.refresh_from_db()
    assert 0 < len(file.name) <= 80
    assert "/" not in file.name
    assert "\\" not in file.name
    assert not any(unicodedata.category(char)[0] == "C" for char in file.name)
    assert files().open(file.original).read() == honest.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal_tells_the_name_on_one_harmless_line(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"PK\3\4")

    with pytest.raises(RefusedFileError) as refused:
        receive(path, NAMES[name])

    sentence = str(refused.value)
    assert sentence.isprintable()
    assert sentence.endswith("og gem den som PDF.")
    assert not ForeignFile.objects.exists()


def test_only_the_original_still_tells_what_was_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(t.changed(t.info))

    file = receive(path, "årsberetning.pdf")

    original = files().open(file.original).read()
    cleaned = files().open(file.cleaned).read()
    text = files().open(file.text).read()
    assert t.CANARY.encode() in original
    assert t.CANARY.encode() not in cleaned + text
    assert list(file.facts["removed"]) == ["author"]
    assert io.BytesIO(cleaned).read(5) == b"%PDF-"
