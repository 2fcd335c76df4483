"""No more of a file is written than may be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

if TYPE_CHECKING:
    from django.http import HttpRequest
    from pytest_django import Settings

CHUNK = 64 * 1024


def everybody(request: HttpRequest) -> bool:
    return request is not None


@pytest.fixture(autouse=True)
def uploads_of_everybody(settings: Settings) -> None:
    settings.MAY_UPLOAD = "tests.core.test_uploads.everybody"


def arrived(request: HttpRequest) -> bytes:
    (file,) = request.FILES.getlist("file")
    return bytes(file.read())


def test_a_file_far_above_the_limit_is_cut_and_the_form_arrives(
    settings: Settings,
) -> None:
    settings.UPLOAD_MAX_BYTES = CHUNK
    file = SimpleUploadedFile("stor.pdf", b"%PDF-" + b"x" * 20 * CHUNK)

    request = RequestFactory().post("/", {"file": file, "title": "Et brev"})

    assert request.POST["title"] == "Et brev"
    assert CHUNK < len(arrived(request)) <= 3 * CHUNK


def test_a_file_within_the_limit_arrives_whole(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 4 * CHUNK
    content = b"%PDF-" + b"x" * 2 * CHUNK

    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.pdf", content)})

    assert arrived(request) == content


def test_of_files_beyond_the_number_only_the_names_arrive(settings: Settings) -> None:
    settings.UPLOAD_MAX_FILES = 2
    sent = [SimpleUploadedFile(f"{name}.pdf", b"%PDF-") for name in "abc"]

    request = RequestFactory().post("/", {"file": sent, "title": "Et brev"})

    files = request.FILES.getlist("file")
    assert [(file.name, file.read()) for file in files] == [
        ("a.pdf", b"%PDF-"),
        ("b.pdf", b"%PDF-"),
        ("c.pdf", b""),
    ]
    assert request.POST["title"] == "Et brev"
