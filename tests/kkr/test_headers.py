"""What every answer carries, also those that no view has given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.choices import Role
from core import uploads
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


def answers(settings: Settings) -> dict[str, Any]:
    """Answers of the outermost middleware, as a server with TLS gives them."""
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    return {
        "redirect": client.get("/log-ind/"),
        "forged host": client.get("/log-ind/", HTTP_HOST="ond.example"),
        "page": client.get("/log-ind/", secure=True),
        "not found": client.get("/findes-ikke/", secure=True),
        "refused": Client(enforce_csrf_checks=True).post("/log-ind/", secure=True),
    }


def test_every_answer_carries_the_policy_and_is_kept_by_nobody(
    settings: Settings,
) -> None:
    found = answers(settings)

    assert [found[name].status_code for name in ("redirect", "forged host")] == [
        301,
        400,
    ]
    for name, answer in found.items():
        assert "default-src 'none'" in answer["Content-Security-Policy"], name
        assert "no-store" in answer["Cache-Control"], name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", name


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_a_file_of_who_may_not_edit_is_not_written(
    role: Role | None, settings: Settings, tmp_path: Path, client: Client
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    written: list[str] = []
    settings.FILE_UPLOAD_HANDLERS = ["tests.kkr.test_headers.NotingHandler"]
    NotingHandler.begun = written
    if role:
        client.force_login(a_user(role=role))

    client.post("/log-ind/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-")})

    assert written == []


def test_a_file_of_an_editor_is_written(settings: Settings, client: Client) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["tests.kkr.test_headers.NotingHandler"]
    NotingHandler.begun = []
    client.force_login(a_user(a_council()))

    client.post(
        "/moeder/2023-11-22/punkter/2-1/bilag/",
        {"file": SimpleUploadedFile("a.pdf", b"%PDF-")},
    )

    assert NotingHandler.begun == ["a.pdf"]


class NotingHandler(uploads.LimitedUploadHandler):
    """Notes each file that it begins to write."""

    begun: list[str]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Note the file once, then do as always."""
        if start == 0:
            self.begun.append(str(self.file_name))
        super().receive_data_chunk(raw_data, start)
