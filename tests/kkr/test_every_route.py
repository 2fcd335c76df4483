"""Every route × every role × GET and POST: a route without a row fails. Deny first.

Where a guard stands before the view, the roles it lets in walk one way and those it keeps
out another: in each run one of those alike is asked, the next one at the next route. The
guard asks before the view looks at the method: whom it keeps out, GET and POST meet in turn.
That each route has its guard is tried for all; ``script/drill`` asks them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from django.db import transaction
from django.test import Client

from accounts.access import EDITORS
from accounts.choices import Role
from core.asked import REMOVE
from meetings.views.municipality import READERS as COUNCIL_READERS
from questions.choices import READING
from resultcontracts.views.finding import READERS as CONTRACT_READERS
from tests.kkr import routes
from tests.kkr.every_row import DRAFT, places
from tests.kkr.routes import all_routes
from tests.kkr.test_access import EVERYBODY, fingerprint, somebody
from tests.makers_packets import a_council

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.kkr.routes import Route

pytestmark = pytest.mark.django_db
# What EVERYBODY gets, in that order; the last is the secretariat of another council,
# which has rows of the same date and numbers, and no row of the same pk.
GIVES: Final = {
    "all": "yes yes yes yes yes yes yes yes",
    "signed in": "login yes yes yes yes yes yes yes",
    "editors": "login yes yes 404 404 404 404 yes",
    "own": "login yes yes 404 404 404 404 404",
    "chief": "login 403 yes 404 404 404 404 403",
    "drafts": "404 yes yes 404 404 404 404 yes",
    "admin": "login 404 404 404 404 404 yes 404",
    "seated": "login yes yes yes yes yes yes 404",
    "sent": "404 404 404 404 404 404 404 404",
    # Without what it is about.
    "nothing": "login 404 404 404 404 404 404 404",
    "unsent": "login 404 404 404 404 404 404 404",
    "writer": "login 404 404 404 404 404 404 404",
    # Whoever may be asked; a draft is the secretariat's alone.
    "readers": "login yes yes yes yes yes 404 yes",
    "asked": "login yes yes 404 404 404 404 404",
    # Directors too, of what they were called for: here nothing is yet.
    "called": "login yes yes 404 404 404 404 yes",
    "directors": "login 404 404 yes 404 404 404 404",
    "called own": "login yes yes 404 404 404 404 404",
    # Those who read a contract: not members, and of houses its own.
    "contract": "login yes yes yes 404 yes 404 yes",
    # The same, of a row that the other council has not got.
    "contract own": "login yes yes yes 404 yes 404 404",
    # The same, of what is not made yet.
    "contract file": "login 404 404 404 404 404 404 404",
    # The house that reports answers its own calls; nobody else does.
    "house": "login 404 404 404 404 yes 404 404",
    # Who edits a contract, and of houses its own.
    "writers": "login yes yes 404 404 yes 404 yes",
    # A file of the secretariat's is not the house's; one in which nothing is wrong.
    "writers own": "login yes yes 404 404 404 404 404",
    "writers nothing": "login 404 404 404 404 404 404 404",
    # Who sits in the council, or reports to it.
    "council": "login yes yes yes yes yes 404 404",
    # The same, of what is not made yet.
    "council file": "login 404 404 404 404 404 404 404",
    "leaves": "login login login login login login login login",
    "-": "login 405 405 405 405 405 405 405",
    "no": "405 405 405 405 405 405 405 405",
}
# Route → who may GET it, and who may POST to it, with all meetings still drafts.
TABLE: Final = {
    "account_inactive": ("all", "no"),
    "account_login": ("all", "all"),
    "account_logout": ("signed in", "leaves"),
    "account_reset_password": ("all", "all"),
    "account_reset_password_done": ("all", "no"),
    "account_reset_password_from_key": ("all", "all"),
    "account_reset_password_from_key_done": ("all", "no"),
    "accounts:seat": ("-", "seated"),
    "accounts:user": ("admin", "admin"),
    "accounts:user-access": ("-", "admin"),
    "accounts:user-new": ("admin", "admin"),
    "accounts:user-removal": ("-", "admin"),
    "accounts:users": ("admin", "-"),
    "drafts:discard": ("writer", "writer"),
    "drafts:list": ("signed in", "-"),
    "drafts:save": ("no", "all"),
    "drafts:text": ("writer", "-"),
    "healthz": ("all", "no"),
    "home": ("all", "no"),
    "decisions:ledger": ("all", "no"),
    "decisions:task": ("own", "own"),
    "decisions:task-removal": ("-", "own"),
    "decisions:task-state": ("-", "own"),
    "decisions:tasks": ("editors", "-"),
    "meetings:agenda": ("drafts", "no"),
    "meetings:agenda-file": ("sent", "no"),
    "meetings:answer-before": ("editors", "editors"),
    "meetings:answer-undo": ("-", "editors"),
    "meetings:attendance": ("editors", "unsent"),
    "meetings:decision": ("editors", "editors"),
    "meetings:appendix": ("own", "own"),
    "meetings:appendix-file": ("own", "own"),
    "meetings:appendix-generate": ("editors", "editors"),
    "meetings:appendix-options": ("own", "own"),
    "meetings:appendix-order": ("-", "own"),
    "meetings:appendix-removal": ("-", "own"),
    "meetings:appendix-upload": ("editors", "editors"),
    "meetings:appendix-withdrawal": ("-", "own"),
    "meetings:appendix-write": ("editors", "editors"),
    "meetings:block": ("own", "own"),
    "meetings:block-new": ("own", "own"),
    "meetings:block-order": ("-", "own"),
    "meetings:block-picture": ("own", "-"),
    "meetings:block-removal": ("-", "own"),
    "meetings:word-file": ("own", "-"),
    "meetings:written": ("own", "-"),
    "meetings:approval-agenda-file": ("sent", "no"),
    "meetings:approval-appendix": ("sent", "no"),
    "meetings:approval-appendix-file": ("sent", "no"),
    "meetings:approval-file": ("sent", "no"),
    "meetings:approval-picture": ("sent", "no"),
    "meetings:approval-link": ("sent", "sent"),
    "meetings:approvals": ("editors", "editors"),
    "meetings:calendar": ("all", "no"),
    "meetings:calendar-links": ("signed in", "signed in"),
    "meetings:comments": ("editors", "editors"),
    "meetings:changes": ("sent", "no"),
    "meetings:changes-file": ("sent", "no"),
    "meetings:changes-pages": ("sent", "no"),
    "meetings:bundle": ("sent", "no"),
    "meetings:downloads": ("sent", "no"),
    "meetings:deadline-rule": ("editors", "editors"),
    "accessibility": ("all", "no"),
    "limits": ("editors", "-"),
    "open-data": ("all", "no"),
    "was": ("all", "no"),
    "municipality": ("council", "council"),
    "municipality-file": ("council file", "-"),
    "notes": ("signed in", "-"),
    "own-municipality": ("directors", "directors"),
    "meetings:feed": ("all", "no"),
    "meetings:note": ("writer", "writer"),
    "meetings:subscribe": ("all", "all"),
    "meetings:subscription-confirm": ("sent", "sent"),
    "meetings:subscription-leave": ("sent", "sent"),
    "meetings:fate": ("editors", "editors"),
    "meetings:item": ("drafts", "editors"),
    "meetings:item-copy": ("editors", "editors"),
    "meetings:item-fate": ("editors", "editors"),
    "meetings:item-new": ("editors", "editors"),
    "meetings:item-order": ("-", "editors"),
    "meetings:item-presence": ("-", "editors"),
    "meetings:item-removal": ("-", "editors"),
    "meetings:item-insert": ("editors", "-"),
    "meetings:item-numbers": ("-", "editors"),
    "meetings:item-versions": ("editors", "nothing"),
    "meetings:items-gone": ("editors", "-"),
    "meetings:last-read": ("-", "writer"),
    "meetings:list": ("all", "no"),
    "meetings:meeting": ("drafts", "no"),
    "meetings:meeting-edit": ("editors", "editors"),
    "meetings:member": ("own", "own"),
    "meetings:member-new": ("editors", "editors"),
    "meetings:members": ("editors", "-"),
    "meetings:minutes": ("drafts", "no"),
    "meetings:minutes-draft": ("unsent", "-"),
    "meetings:minutes-file": ("sent", "no"),
    "meetings:minutes-next": ("-", "editors"),
    "meetings:minutes-proposal": ("-", "editors"),
    "meetings:municipal": ("writer", "-"),
    "meetings:municipal-file": ("writer", "-"),
    "meetings:new": ("editors", "editors"),
    "meetings:own-calendar": ("sent", "no"),
    "meetings:packet": ("drafts", "editors"),
    "meetings:packet-file": ("drafts", "no"),
    "meetings:packet-stop": ("-", "editors"),
    "meetings:page-picture": ("drafts", "no"),
    "meetings:preview": ("editors", "-"),
    "meetings:preview-item": ("editors", "-"),
    "meetings:public": ("sent", "no"),
    "meetings:receivers": ("editors", "unsent"),
    "meetings:public-appendix": ("drafts", "no"),
    "meetings:public-data": ("drafts", "no"),
    "meetings:public-file": ("drafts", "no"),
    "meetings:public-item": ("sent", "no"),
    "meetings:public-picture": ("sent", "no"),
    "meetings:public-table": ("drafts", "no"),
    "meetings:publications": ("editors", "chief"),
    "meetings:receipt": ("sent", "no"),
    "meetings:receipt-data": ("sent", "no"),
    "meetings:removal": ("-", "editors"),
    "meetings:state": ("editors", "editors"),
    "meetings:version": ("editors", "editors"),
    "meetings:sealed-file": ("writer", "-"),
    "meetings:readthrough": ("writer", "writer"),
    "meetings:readthrough-appendix": ("writer", "-"),
    "meetings:readthrough-appendix-file": ("writer", "-"),
    "meetings:readthrough-file": ("writer", "-"),
    "meetings:readthrough-picture": ("writer", "-"),
    "meetings:readthroughs": ("editors", "editors"),
    "meetings:section": ("own", "own"),
    "meetings:section-new": ("editors", "editors"),
    "meetings:section-order": ("-", "own"),
    "meetings:section-removal": ("-", "own"),
    "meetings:selection": ("sent", "no"),
    "meetings:send": ("editors", "editors"),
    "meetings:verify": ("all", "all"),
    "meetings:withdrawal": ("own", "own"),
    "meetings:withdrawals": ("editors", "chief"),
    "meetings:task-new": ("editors", "editors"),
    "meetings:whole-file": ("sent", "no"),
    "meetings:item-template": ("editors", "editors"),
    "meetings:template-removal": ("-", "own"),
    "meetings:templates": ("editors", "-"),
    "proposals:beneficiary": ("editors", "editors"),
    "proposals:catalogue": ("drafts", "no"),
    "proposals:catalogue-new": ("-", "editors"),
    "proposals:cluster": ("own", "own"),
    "proposals:cluster-new": ("editors", "editors"),
    "proposals:cluster-placing": ("editors", "editors"),
    "proposals:cluster-removal": ("-", "own"),
    "proposals:served": ("editors", "editors"),
    "proposals:source-note": ("editors", "editors"),
    "proposals:source-note-edit": ("editors", "editors"),
    "proposals:source-note-new": ("editors", "editors"),
    "proposals:source-note-removal": ("editors", "editors"),
    "proposals:source-notes": ("editors", "-"),
    "proposals:vision": ("editors", "editors"),
    "proposals:vision-new": ("editors", "editors"),
    "proposals:vision-removal": ("-", "editors"),
    "proposals:visions": ("editors", "-"),
    "proposals:figure": ("own", "own"),
    "proposals:figure-new": ("editors", "editors"),
    "proposals:figure-removal": ("-", "own"),
    "proposals:idea": ("editors", "editors"),
    "proposals:link-kind": ("-", "own"),
    "proposals:link-new": ("editors", "editors"),
    "proposals:link-removal": ("-", "own"),
    "proposals:own-wording": ("own", "own"),
    "proposals:point": ("own", "own"),
    "proposals:point-move": ("own", "own"),
    "proposals:point-new": ("editors", "editors"),
    "proposals:point-order": ("-", "own"),
    "proposals:point-removal": ("-", "own"),
    "proposals:print": ("editors", "editors"),
    "proposals:print-data": ("editors", "-"),
    "proposals:print-file": ("nothing", "-"),
    "proposals:print-table": ("editors", "-"),
    "proposals:proposal": ("drafts", "no"),
    "proposals:own-positions": ("directors", "-"),
    "proposals:positions": ("called", "-"),
    "proposals:positions-call": ("editors", "editors"),
    "proposals:positions-call-removal": ("-", "editors"),
    "proposals:positions-cell": ("called own", "called own"),
    "proposals:positions-closing": ("editors", "editors"),
    "proposals:positions-deadline": ("editors", "editors"),
    "proposals:positions-mail": ("editors", "editors"),
    "proposals:positions-of": ("called own", "called own"),
    "proposals:positions-record": ("called", "-"),
    "proposals:positions-reminder": ("editors", "editors"),
    "proposals:proposal-edit": ("editors", "editors"),
    "proposals:proposal-new": ("editors", "editors"),
    "proposals:proposal-removal": ("-", "editors"),
    "proposals:reading-new": ("editors", "editors"),
    "proposals:reading-removal": ("own", "own"),
    "proposals:reference": ("own", "own"),
    "proposals:renumbering": ("editors", "editors"),
    "proposals:typed": ("-", "editors"),
    "proposals:sent": ("sent", "no"),
    "proposals:shared-new": ("editors", "editors"),
    "proposals:shared-point": ("editors", "editors"),
    "proposals:shared-removal": ("editors", "editors"),
    "proposals:shared-units": ("editors", "editors"),
    "proposals:terms": ("editors", "editors"),
    "proposals:theme": ("editors", "editors"),
    "proposals:theme-new": ("editors", "editors"),
    "proposals:theme-removal": ("-", "editors"),
    "proposals:title": ("-", "editors"),
    "proposals:unit": ("drafts", "no"),
    "proposals:unit-edit": ("editors", "editors"),
    "proposals:unit-new": ("editors", "editors"),
    "proposals:unit-removal": ("-", "editors"),
    "proposals:units": ("drafts", "no"),
    # The way of a proposal after KKR.
    "proposals:board": ("editors", "-"),
    "proposals:status-change": ("editors", "editors"),
    "proposals:step": ("own", "own"),
    "proposals:step-new": ("editors", "editors"),
    "proposals:step-removal": ("-", "own"),
    "proposals:trail": ("editors", "-"),
    "proposals:theme-board": ("editors", "-"),
    "proposals:proposal-sheets": ("editors", "editors"),
    "proposals:unit-sheets": ("editors", "editors"),
    "proposals:proposal-sheet": ("own", "own"),
    "proposals:unit-sheet": ("own", "own"),
    "proposals:sheet-file": ("-", "editors"),
    "proposals:sheet-rest": ("nothing", "-"),
    "proposals:sheet-undo": ("-", "own"),
    "proposals:view": ("own", "own"),
    "proposals:view-new": ("editors", "editors"),
    "proposals:view-removal": ("-", "own"),
    "proposals:catalogue-history": ("editors", "-"),
    "proposals:history": ("editors", "nothing"),
    "proposals:history-version": ("editors", "-"),
    "proposals:removed": ("editors", "-"),
    "proposals:removed-history": ("editors", "nothing"),
    "proposals:removed-version": ("editors", "-"),
    "questions:answer": ("own", "own"),
    "questions:answers-file": ("asked", "-"),
    "questions:list": ("readers", "-"),
    "questions:question": ("asked", "writer"),
    "questions:question-call-back": ("own", "own"),
    "questions:question-close": ("own", "own"),
    "questions:question-edit": ("own", "own"),
    "questions:question-extend": ("own", "own"),
    "questions:question-new": ("editors", "editors"),
    "questions:question-recipients": ("own", "own"),
    "questions:question-remind": ("own", "own"),
    "questions:question-removal": ("-", "own"),
    "questions:question-reopen": ("own", "own"),
    "questions:question-send": ("own", "own"),
    "resultcontracts:claim": ("editors", "editors"),
    "resultcontracts:claim-new": ("editors", "editors"),
    "resultcontracts:claim-removal": ("editors", "editors"),
    "resultcontracts:claims": ("editors", "-"),
    "resultcontracts:approval": ("own", "own"),
    "resultcontracts:approvals": ("editors", "-"),
    "resultcontracts:calls": ("editors", "-"),
    "resultcontracts:calls-ask": ("nothing", "nothing"),
    "resultcontracts:calls-contact": ("editors", "editors"),
    "resultcontracts:calls-csv": ("editors", "-"),
    "resultcontracts:calls-remind": ("editors", "editors"),
    "resultcontracts:calls-rule": ("editors", "editors"),
    "resultcontracts:calls-send": ("editors", "editors"),
    "resultcontracts:contract": ("contract", "-"),
    "resultcontracts:contract-edit": ("editors", "editors"),
    "resultcontracts:contract-new": ("editors", "editors"),
    "resultcontracts:contract-next": ("editors", "editors"),
    "resultcontracts:contracts": ("contract", "-"),
    "resultcontracts:figure": ("contract own", "-"),
    "resultcontracts:figures": ("contract", "-"),
    "resultcontracts:goal": ("contract", "-"),
    "resultcontracts:goal-note": ("contract", "contract"),
    "resultcontracts:evidence-file": ("contract own", "-"),
    "resultcontracts:part": ("own", "-"),
    "resultcontracts:part-edit": ("own", "own"),
    "resultcontracts:part-new": ("editors", "editors"),
    "resultcontracts:part-removal": ("-", "own"),
    "resultcontracts:structure": ("editors", "-"),
    "resultcontracts:contradiction": ("editors", "editors"),
    "resultcontracts:contradictions": ("contract", "-"),
    "resultcontracts:contradiction-ask": ("editors", "editors"),
    "resultcontracts:goal-report": ("editors", "editors"),
    "resultcontracts:print": ("contract", "contract"),
    "resultcontracts:print-data": ("contract", "-"),
    "resultcontracts:print-file": ("contract file", "-"),
    "resultcontracts:print-table": ("contract", "-"),
    "resultcontracts:report": ("house", "house"),
    "resultcontracts:report-link": ("sent", "no"),
    "resultcontracts:report-link-file": ("sent", "no"),
    "resultcontracts:report-link-measure": ("sent", "sent"),
    "resultcontracts:report-link-question": ("sent", "sent"),
    "resultcontracts:report-question": ("house", "house"),
    "resultcontracts:reports": ("house", "-"),
    "resultcontracts:sheet": ("writers own", "writers own"),
    "resultcontracts:sheet-file": ("-", "writers"),
    "resultcontracts:sheet-rest": ("writers nothing", "-"),
    "resultcontracts:sheet-undo": ("-", "writers own"),
    "resultcontracts:sheets": ("writers", "writers"),
    "search": ("all", "no"),
    "search-without-text": ("all", "no"),
}
SENT: Final = {
    "accounts:seat": {"council": "sjaelland"},
    "accounts:user-access": {"open": "nej"},
    "decisions:task-state": {"til": "loest"},
    "meetings:appendix-withdrawal": {"withdraw": "ja"},
    "proposals:catalogue-new": {"kind": "simplification"},
    "proposals:point-order": {"direction": "ned"},
}
METHODS: Final = ("GET", "POST")
QUERIES: Final = {"proposals:beneficiary": "?navn=Borgerne"}


@pytest.fixture(scope="module")
def every_route(kept: None) -> tuple[Route, ...]:
    """All routes to rows of KKR Sjælland; KKR Hovedstaden has rows like them."""
    given = places(a_council())
    places(a_council("hovedstaden"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(routes.SAMPLES, "slug", DRAFT)
        return all_routes(given)


def ask(client: Client, route: Route, method: str) -> str:
    """Ask as a browser with these cookies does, and take back what it changed.

    Returns:
        "login", "403", "404" or "405"; "yes" is any other answer.
    """
    own = Client()
    own.cookies.update(client.cookies)
    url, sent = route.url + QUERIES.get(route.name, ""), SENT.get(route.name, {})
    if route.name.endswith("removal"):
        sent = REMOVE
    with transaction.atomic():
        got: Any = own.post(url, sent) if method == "POST" else own.get(url)
        transaction.set_rollback(True)
    return outcome(got)


def outcome(got: HttpResponse) -> str:
    if got.headers.get("Location", "").startswith("/log-ind/"):
        return "login"
    return str(got.status_code) if got.status_code in {403, 404, 405} else "yes"


GUARDS: Final = {
    "admin": (Role.ADMINISTRATOR,),
    **dict.fromkeys(("editors", "own", "chief", "nothing", "unsent"), EDITORS),
    **dict.fromkeys(("readers", "asked"), READING),
    **dict.fromkeys(("called", "called own"), (*EDITORS, Role.DIRECTOR)),
    "directors": (Role.DIRECTOR,),
    **dict.fromkeys(("council", "council file"), COUNCIL_READERS),
    **dict.fromkeys(("contract", "contract own", "contract file"), CONTRACT_READERS),
    "house": (Role.REPORTER,),
    **dict.fromkeys(
        ("writers", "writers own", "writers nothing"), (*EDITORS, Role.REPORTER)
    ),
}


def guard(name: str) -> tuple[Role, ...] | None:
    """Whom a route's guard lets in; None where it has none."""
    read, write = TABLE[name]
    return GUARDS.get(read if read != "-" else write)


def is_in_turn(name: str, role: str) -> bool:
    """Whether this role is the one of its like that is asked for this route."""
    own, column = guard(name), EVERYBODY.index(role)
    if own is None or role in {"", "other"}:
        return True
    wanted = [GIVES[who].split() for who in TABLE[name]]
    alike = [
        other
        for place, other in enumerate(EVERYBODY)
        if other not in {"", "other"}
        and (other in own) == (role in own)
        and all(gives[place] == gives[column] for gives in wanted)
    ]
    return alike[list(TABLE).index(name) % len(alike)] == role


def methods(name: str, role: str) -> tuple[str, ...]:
    """What is asked of a route in each run: one of GET and POST where a guard keeps out."""
    own = guard(name)
    if own is None or role in own:
        return METHODS
    as_other = role == "other" and Role.SECRETARIAT in own
    return METHODS if as_other else (METHODS[list(TABLE).index(name) % 2],)


def test_every_route_has_a_row() -> None:
    assert sorted(TABLE) == sorted(route.name for route in all_routes())


@pytest.mark.parametrize(
    "every",
    [False, pytest.param(True, marks=pytest.mark.drill)],
    ids=["turns", "every"],
)
@pytest.mark.parametrize("role", EVERYBODY, ids=lambda role: role or "public")
def test_each_role_gets_what_is_its_own_and_nothing_else(
    every_route: tuple[Route, ...], role: str, *, every: bool
) -> None:
    client, column = somebody(role), EVERYBODY.index(role)
    found, wanted = {}, {}

    for route in every_route:
        if not (every or is_in_turn(route.name, role)):
            continue
        for method in METHODS if every else methods(route.name, role):
            who = TABLE[route.name][METHODS.index(method)]
            found[route.name, method] = ask(client, route, method)
            wanted[route.name, method] = GIVES[who].split()[column]

    assert found == wanted


def test_what_is_for_some_roles_is_guarded_before_a_row_is_read() -> None:
    wanted = {name: guard(name) for name in TABLE}

    found = {route.name: getattr(route.view, "roles", None) for route in all_routes()}

    assert found == wanted


REMOVALS = [name for name in TABLE if name.endswith("removal")]


@pytest.mark.parametrize("sent", [{}, {"undo": ""}, {"remove": "nej"}], ids=str)
def test_a_removal_that_does_not_say_so_changes_nothing(
    every_route: tuple[Route, ...], sent: dict[str, str]
) -> None:
    clients = [somebody("secretariat"), somebody("administrator")]
    before, found = fingerprint(), {}

    for route in every_route:
        if route.name in {*REMOVALS, "accounts:user-access"}:
            client = clients[route.name.startswith("accounts:")]
            found[route.name] = client.post(route.url, sent).status_code

    assert found == dict.fromkeys([*REMOVALS, "accounts:user-access"], 422)
    assert fingerprint() == before
