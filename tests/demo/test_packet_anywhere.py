"""The same bytes in other processes, at other places, in other installations."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.demo import places

if TYPE_CHECKING:
    from pathlib import Path

    from meetings.models import Packet

pytestmark = pytest.mark.django_db

# Hash seed, time zone, locale, day; each process is given one of each. The last differs
# from the tests' own process in all four; the others are for script/drill.
CIRCUMSTANCES = [
    pytest.param(*given, marks=pytest.mark.drill)
    for given in (
        ("0", "Europe/Copenhagen", "C.UTF-8", "2023-11-22"),
        ("1", "Pacific/Kiritimati", "POSIX", "2024-02-29"),
    )
] + [pytest.param("4294967295", "America/St_Johns", "C", "2031-12-31")]


@pytest.mark.parametrize(("seed", "zone", "locale", "day"), CIRCUMSTANCES)
def test_another_process_prints_the_same_bytes_anew(
    packet: Packet, tmp_path: Path, seed: str, zone: str, locale: str, day: str
) -> None:
    told = places.run(
        "-m",
        "tests.demo.rebuild",
        folder=tmp_path,
        DJANGO_SETTINGS_MODULE="tests.demo.day_settings",
        KKR_TEST_DATABASE=connection.settings_dict["NAME"],
        KKR_TEST_DAY=day,
        PYTHONHASHSEED=seed,
        PYTHONCOERCECLOCALE="0",
        PYTHONUTF8="0",
        TZ=zone,
        LC_ALL=locale,
    )

    # 25 and 7 pieces of the catalogues, 10 separators, the contents, 8 placed files.
    assert told == f"{packet.file} {25 + 7 + 10 + 1 + 8}"


@pytest.mark.drill
@pytest.mark.timeout(300)
def test_a_second_installation_with_other_ids_makes_the_same_bytes(
    packet: Packet, tmp_path: Path
) -> None:
    out = tmp_path / "packet.pdf"

    with places.database(f"{connection.settings_dict['NAME']}_second") as second:
        manage = places.install(second, tmp_path)
        told = manage("build_packet", "2023-11-22", "--out", str(out))
        ids = places.lowest_ids(second)

    assert min(ids) >= 1000
    assert told == f"{out}: 125 pages\n"
    assert hashlib.sha256(out.read_bytes()).hexdigest() == packet.file
