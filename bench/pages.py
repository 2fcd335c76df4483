"""Server time of pages, each held against an empty view through the same middleware."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.urls import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SECRETARY: Final = "sekretariat@kkr.example"
ROUNDS: Final = 40
WARMING: Final = 3


@dataclass(frozen=True, slots=True)
class Address:
    """A page: what it is called in the table, where it is, who opens it ("" is all)."""

    name: str
    path: str
    who: str = SECRETARY


@dataclass(frozen=True, slots=True)
class Time:
    """A page's middle time and the empty view's, in ms, and the page's queries.

    The empty view is a signed-in person's for every page: without a session there is
    nothing in the middleware to measure.
    """

    address: Address
    milliseconds: float
    empty: float
    queries: int

    @property
    def ratio(self) -> float:
        """How many times as long as nothing it takes."""
        return self.milliseconds / self.empty


DAY: Final = "/moeder/2023-11-22/"
PAGES: Final = (
    Address("overview", "/"),
    Address("meetings", "/moeder/"),
    Address("meeting", DAY),
    Address("item", f"{DAY}punkter/2-1/"),
    Address("packet", f"{DAY}pakke/"),
    Address("check before sending", f"{DAY}send/"),
    Address("proposals", "/forslag/"),
    Address("proposal", "/forslag/7/"),
    Address("units", "/samdrift/"),
    Address("unit", "/samdrift/1/"),
    Address("public list", "/moeder/", ""),
    Address("public meeting", DAY, ""),
    Address("public item", f"{DAY}punkter/2-1/", ""),
    Address("public appendix", f"{DAY}bilag/2-1-bilag-3/", ""),
)


class Visitor:
    """Opens pages as the web server would, without the network."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()
        self.cookies = {"": ""}

    def open(self, path: str, who: str) -> float:
        """Open a page and read it to the end; give the milliseconds.

        Raises:
            RuntimeError: it answers with anything but 200.
        """
        if who not in self.cookies:
            self.cookies[who] = sign_in(who)
        answers: list[str] = []

        def start(status: str, *_: object) -> Callable[[bytes], object]:
            answers.append(status)
            return bytes

        environ = self._environ(path, self.cookies[who])
        began = perf_counter()
        answer: Any = self.application(environ, start)
        for _ in answer:
            pass
        answer.close()
        milliseconds = (perf_counter() - began) * 1000
        if answers != ["200 OK"]:
            msg = f"{path}: {answers}"
            raise RuntimeError(msg)
        return milliseconds

    def queries(self, path: str, who: str) -> int:
        """How many queries a page makes."""
        with CaptureQueriesContext(connection) as captured:
            self.open(path, who)
        return len(captured)

    def _environ(self, path: str, cookie: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.partition("?")[0],
            "SCRIPT_NAME": "",
            "QUERY_STRING": path.partition("?")[2],
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": cookie,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def sign_in(email: str) -> str:
    """Give the cookie of a session for a user, as the sign-in page would."""
    user = User.objects.get(email=email)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def times(addresses: Sequence[Address] = PAGES, rounds: int = ROUNDS) -> list[Time]:
    """Open each page in turn with its empty view, many times; give the middle times."""
    visitor = Visitor()
    pages: dict[Address, list[float]] = {address: [] for address in addresses}
    empties: dict[Address, list[float]] = {address: [] for address in addresses}
    for turn in range(WARMING + rounds):
        for address in addresses:
            page = visitor.open(address.path, address.who)
            empty = visitor.open(EMPTY, SECRETARY)
            if turn >= WARMING:
                pages[address].append(page)
                empties[address].append(empty)
    return [
        Time(
            address,
            median(pages[address]),
            median(empties[address]),
            visitor.queries(address.path, address.who),
        )
        for address in addresses
    ]
