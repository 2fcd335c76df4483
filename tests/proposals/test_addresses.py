"""Addresses that nobody's page gives: hostile words as every parameter of every page.

Each page of the catalogues is asked with the parameters that its own links and forms name,
holding what attacks hold. Pages read a parameter of one name by the same code: each run
tries it alone on two pages, and on every page with all the others at once; the drill tries
each alone on each.
"""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils.http import urlencode

from tests.kkr import routes
from tests.kkr.every_row import DRAFT, places
from tests.kkr.routes import all_routes
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from tests.kkr.routes import Route

pytestmark = pytest.mark.django_db
STRANGE: Final = "Nabokommunernes hemmelige"
ALONE: Final = 2
"""On how many pages a run tries a parameter alone."""
EACH_RUN: Final = ("a\0' OR (1=1) --\"%s{0}<b>",)
PAYLOADS: Final = (
    *EACH_RUN,
    *("' OR 1=1 --", "a\0b", "9" * 40),
    *(
        '"',
        "\\",
        "%",
        "%00",
        "%s",
        "{0}",
        "{{7*7}}",
        "${7*7}",
        "../../etc/passwd",
        "\r\nX: y",
    ),
    *(
        "1;DROP TABLE x",
        "1) OR (1=1",
        "') UNION SELECT 1 --",
        "-1",
        "0",
        "1e309",
        "NaN",
        "½",
    ),
    *("<script>alert(1)</script>", "javascript:alert(1)", "=1+1", "[]", "null", "true"),
    *("pk__gt", "council__name", "?", "-pk,title", "𒀀" * 50, "x" * 3000),
)


class Names(HTMLParser):
    """The names of parameters that a page's links and its searching forms use."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.is_within = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address's parameters, and the fields of a form that reads."""
        given = dict(attrs)
        for name in ("href", "hx-get"):
            query = urlsplit(given.get(name) or "").query
            self.found |= set(parse_qs(query, keep_blank_values=True))
        if tag == "form":
            self.is_within = (given.get("method") or "get").lower() == "get"
        elif self.is_within and given.get("name"):
            self.found.add(str(given["name"]))


@pytest.fixture(scope="module")
def every_page(kept: None) -> tuple[Client, tuple[Route, ...]]:
    """An editor, and the catalogues' pages, each of a row; another council has rows too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(routes.SAMPLES, "slug", DRAFT)
        given = places(a_council())
        own = [each for each in all_routes(given) if each.name.startswith("proposals")]
    other = a_council("hovedstaden")
    a_proposal(1, council=other, title=f"{STRANGE} forslag")
    a_unit(1, council=other, title=f"{STRANGE} enhed")
    client = Client()
    client.force_login(a_user())
    return client, tuple(own)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "payloads",
    [EACH_RUN, pytest.param(PAYLOADS, marks=pytest.mark.drill)],
    ids=["each run", "all"],
)
def test_no_parameter_breaks_a_page_or_shows_another_councils_rows(
    every_page: tuple[Client, tuple[Route, ...]], payloads: tuple[str, ...]
) -> None:
    client, pages = every_page
    asked, faults = 0, []
    alone = Counter[str]()
    for page in pages:
        got: Any = client.get(page.url)
        if got.streaming or got.status_code != 200:
            continue
        names = sorted(Names(got.content.decode()).found)
        tried = [[name] for name in names if alone[name] < ALONE or len(payloads) > 1]
        alone.update(name for (name,) in tried)
        for together in (names, *tried):
            for payload in payloads:
                url = f"{page.url}?{urlencode(dict.fromkeys(together, payload))}"
                answer: Any = client.get(url)
                asked += 1
                said = b"".join(answer) if answer.streaming else answer.content
                if answer.status_code >= 500 or STRANGE.encode() in said:
                    faults.append((url, answer.status_code))

    assert faults == []
    assert asked > 100 * len(payloads)
    assert len(alone) > 20
