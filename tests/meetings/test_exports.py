"""Zip, selection and tables of a sent version."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core import clock
from meetings.exports.everything import keep_bundle
from meetings.models import AgendaItem, Appendix, Publication, Withdrawal
from meetings.tasks import make_missing
from meetings.views import exports
from tests.made import again
from tests.makers_packets import (
    GAINS,
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    print_papers,
)
from tests.meetings.test_public_views import body

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
MEETING = "/moeder/2023-11-22/"
ZIP = f"{MEETING}bilag.zip"
CSV = f"{MEETING}bilag/2-1-bilag-1.csv"
JSON = f"{MEETING}bilag/2-1-bilag-1.json"
ALL = (f"{MEETING}hent/", ZIP, f"{MEETING}udvalg.pdf?punkt=2-1", CSV, JSON)


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    """Sent twice, with another title in version 2."""
    meeting = a_publication().meeting
    AgendaItem.objects.update(title="En ny titel")
    sent = a_publication(meeting)
    for row in Publication.objects.order_by("number"):
        print_papers(row)
    return sent.meeting


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def unpacked(client: Client, query: str = "") -> dict[str, bytes]:
    content = body(client.get(f"{ZIP}{query}"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_zip_holds_everything_with_its_checksums(
    client: Client, meeting: Meeting
) -> None:
    files = unpacked(client)

    assert list(files) == [
        "Dagsorden version 2.pdf",
        "Dagsorden og bilag version 2.pdf",
        "Bilagspakke version 2.pdf",
        "Bilag/2.1 Bilag 1 Forenklingskatalog.pdf",
        "Bilag/2.1 Bilag 2 Brev 2.pdf",
        "Data/2.1 Bilag 1.csv",
        "Data/2.1 Bilag 1.json",
        "kvittering.json",
        "manifest.json",
        "SHA256SUMS",
    ]
    lines = files.pop("SHA256SUMS").decode().splitlines()
    sums = {name: sum_ for sum_, name in (line.split("  ", 1) for line in lines)}
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_the_checksums_pass_where_they_are_unpacked(
    client: Client, meeting: Meeting, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(body(client.get(ZIP)))) as archive:
        archive.extractall(tmp_path)

    told = subprocess.run(
        ["/usr/bin/sha256sum", "-c", "--strict", "SHA256SUMS"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.count(": OK\n") == 9


def test_the_zip_waits_for_all_that_lies_in_it(client: Client) -> None:
    sent = a_publication()

    assert keep_bundle(sent) is None
    assert client.get(ZIP).status_code == 404
    assertContains(client.get(f"{MEETING}hent/"), "ikke dannet endnu")
    assertNotContains(client.get(MEETING), "bilag.zip")


def test_what_was_not_made_is_asked_for_at_night(meeting: Meeting) -> None:
    Withdrawal.objects.create(
        meeting=meeting, version=2, name="Version 2", title="Dagsorden og bilag",
        reason="Et navn.", found_at=clock.now(), by="Chefen",
    )  # fmt: skip
    AgendaItem.objects.update(title="Endnu en titel")
    lacking = a_publication(meeting)
    ProcrastinateJob.objects.all().delete()

    make_missing(0)
    Withdrawal.objects.create(
        meeting=meeting, version=3, name="Version 3", title="Dagsorden og bilag",
        reason="Et navn.", found_at=clock.now(), by="Chefen",
    )  # fmt: skip
    make_missing(0)

    jobs = ProcrastinateJob.objects.values_list("task_name", "args")
    assert list(jobs) == [("meetings.print_whole", {"publication_id": lacking.pk})]


def test_the_zip_is_the_same_whoever_asks_and_says_where_minutes_are(
    client: Client, meeting: Meeting
) -> None:
    content = body(client.get(ZIP))
    client.force_login(a_user(a_council("hovedstaden"), Role.MEMBER))

    assert body(client.get(f"{ZIP}?kkr=sjaelland")) == content
    manifest = json.loads(unpacked(client, "?kkr=sjaelland")["manifest.json"])
    assert manifest["minutes"] == f"{MEETING}referat.pdf"


def test_the_manifest_names_each_file(client: Client, meeting: Meeting) -> None:
    files = unpacked(client)
    manifest = json.loads(files["manifest.json"])

    assert (manifest["version"], manifest["council"]) == (2, "KKR Sjælland")
    told = {row["path"]: (row["bytes"], row["sha256"]) for row in manifest["files"]}
    assert told == {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in files.items()
        if name not in {"manifest.json", "SHA256SUMS"}
    }
    assert json.loads(files["kvittering.json"])["packet"]["sha256"] in str(told)


def test_the_same_version_gives_the_same_bytes(
    client: Client, meeting: Meeting
) -> None:
    before = body(client.get(f"{ZIP}?version=1"))

    Appendix.objects.update(title="Et nyt navn", summary="Noget andet")
    a_publication(meeting)
    again = keep_bundle(Publication.objects.get(number=1))

    assert body(client.get(f"{ZIP}?version=1", headers={"host": "localhost"})) == before
    assert again is not None
    assert again.file == hashlib.sha256(before).hexdigest()
    assert b"Bilagspakke version 1.pdf" in before


def test_some_appendices_are_zipped_without_the_packet(
    client: Client, meeting: Meeting
) -> None:
    assert list(unpacked(client, "?bilag=2-1-bilag-2")) == [
        "Bilag/2.1 Bilag 2 Brev 2.pdf",
        "kvittering.json",
        "manifest.json",
        "SHA256SUMS",
    ]


def test_the_choice_leads_to_the_file(client: Client, meeting: Meeting) -> None:
    for kind, file in (("pdf", "udvalg.pdf"), ("zip", "bilag.zip")):
        sent = {"som": kind, "bilag": ["2-1-bilag-2"], "version": "1"}
        assertRedirects(
            client.get(f"{MEETING}hent/", sent),
            f"{MEETING}{file}?version=1&bilag=2-1-bilag-2",
            fetch_redirect_response=False,
        )


def test_nothing_chosen_is_said_beside_the_boxes(
    client: Client, meeting: Meeting
) -> None:
    response = client.get(f"{MEETING}hent/?som=pdf")

    assertContains(response, "Vælg mindst ét bilag.", status_code=422)


@pytest.mark.parametrize(
    "query", ["?bilag=2-1-bilag-9", "?punkt=2-9", "?bilag=", "?bilag=../x"]
)
@pytest.mark.parametrize("page", ["hent/", "udvalg.pdf", "bilag.zip"])
def test_what_is_not_in_the_version_does_not_exist(
    client: Client, meeting: Meeting, page: str, query: str
) -> None:
    assert client.get(f"{MEETING}{page}{query}").status_code == 404


def test_no_selection_is_no_file(client: Client, meeting: Meeting) -> None:
    assert client.get(f"{MEETING}udvalg.pdf").status_code == 404


def test_too_many_selections_are_put_off(
    client: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "RATE", "0/m/ip")

    assert client.get(f"{MEETING}udvalg.pdf?punkt=2-1").status_code == 429


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_csv_has_a_row_for_each_point(client: Client, meeting: Meeting) -> None:
    found = rows(body(client.get(CSV)))

    assert [(row["Nøgle"], row["Række"], row["Tekst"]) for row in found] == [
        ("gain:1", "1", GAINS[0]),
        ("gain:2", "2", GAINS[1]),
    ]
    assert found[0]["Afsnit"] == "Forslag 1"
    assert (found[0]["Felt"], found[0]["Side"]) == ("Gevinster", "4")


def test_the_json_says_the_same_and_where_it_is_from(
    client: Client, meeting: Meeting
) -> None:
    got: Any = client.get(JSON).json()

    assert got["id"] == f"http://testserver{JSON}?version=2"
    assert (got["reference"], got["version"]) == ("2.1 Bilag 1", 2)
    (record,) = got["records"]
    texts = [field["text"] for field in record["fields"]]
    assert texts == [row["Tekst"] for row in rows(body(client.get(CSV)))]
    row = Publication.objects.get(number=2).appendices.get(slug="2-1-bilag-1")
    assert got["mainFile"]["sha256Checksum"] == row.file


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_from_outside_has_no_data(
    client: Client, meeting: Meeting, ending: str
) -> None:
    assert client.get(f"{MEETING}bilag/2-1-bilag-2.{ending}").status_code == 404


@pytest.mark.parametrize("url", ALL)
def test_a_draft_does_not_exist_for_anybody_else(client: Client, url: str) -> None:
    a_packet(a_meeting())

    for user in (None, a_user(role=Role.MEMBER)):
        if user:
            client.force_login(user)
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", [CSV, JSON])
def test_editors_read_the_data_of_their_draft_and_nobody_keeps_it(
    client: Client, url: str
) -> None:
    a_packet(a_meeting())
    client.force_login(a_user())

    response = client.get(url)

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_each_page_leads_to_its_data(client: Client, meeting: Meeting) -> None:
    assertContains(client.get(MEETING), f'href="{CSV}"')
    assertContains(client.get(f"{MEETING}?version=1"), f'href="{CSV}?version=1"')
    assertContains(client.get(f"{MEETING}bilag/2-1-bilag-1/"), f'href="{CSV}"')
    assertContains(client.get(f"{MEETING}hent/"), f'href="{JSON}"')
    item = client.get(f"{MEETING}punkter/2-1/")
    assertContains(item, f'href="{MEETING}udvalg.pdf?punkt=2-1"')
