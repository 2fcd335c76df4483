"""Every page of the portal in every state that can be seen without writing anything.

The browser's tests visit all of them, and ``script/screens`` takes pictures of most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.browser.chromium import go

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Request

    from tests.browser.portal import State

MEETING: Final = "/moeder/2023-11-22/"
NEWS: Final = "/moeder/nyt-paa-mail/"
WRITTEN: Final = f"{MEETING}punkter/2-3/bilag/11/"


@dataclass(frozen=True, slots=True)
class Screen:
    """One state of one page, as somebody of the cast sees it.

    ``act`` is done on the opened page, and leads to the state.
    """

    who: str
    name: str
    path: str
    status: int = 200
    state: State = "published"
    act: Callable[[Page], object] | None = None

    @property
    def label(self) -> str:
        """A name no other screen has."""
        return f"{self.who or 'public'}-{self.name}"

    def open(self, page: Page) -> Page:
        """Bring ``page`` to this state."""
        go(page, self.path, self.status)
        if self.act is not None:
            self.act(page)
        return page


def press(name: str) -> Callable[[Page], None]:
    """Submit a form with the button of that name, and wait for the answer."""

    def act(page: Page) -> None:
        with page.expect_response(lambda answer: _is_sent(answer.request)):
            # A button that says why not (aria-disabled) can be pressed, too.
            page.get_by_role("button", name=name, exact=True).first.click(force=True)
        page.wait_for_load_state()

    return act


def _is_sent(request: Request) -> bool:
    """Whether this is what a form sends: a change, or a question as an address."""
    return request.method == "POST" or request.is_navigation_request()


def follow(name: str, *, within: str = "main") -> Callable[[Page], None]:
    """Follow the first link of that name, and wait until what it opens is there."""

    def act(page: Page) -> None:
        with page.expect_response(lambda answer: answer.status == 200):
            page.locator(within).get_by_role("link", name=name).first.click()
        page.wait_for_load_state("networkidle")

    return act


def open_link(page: Page) -> None:
    """Open the address that a field shows to be copied."""
    go(page, page.locator("input[readonly]").first.input_value())


def open_linked_bilag(page: Page) -> None:
    """Open an appendix of what that address shows."""
    open_link(page)
    page.locator(".readthrough-bilag a").first.click()


def fail_to_sign_in(page: Page) -> None:
    """Give a wrong password."""
    page.get_by_label("E-mail").fill("sekretariat@kkr.example")
    page.get_by_label("Adgangskode").fill("ikke den rigtige")
    press("Log ind")(page)


def choose_to_take_down(page: Page) -> None:
    """Choose a version and go on to the page that asks once more."""
    page.locator("#id_what").select_option("version:1")
    page.locator("#id_reason").fill("Der stod et CPR-nummer.")
    press("Videre")(page)


def empty(label: str, button: str) -> Callable[[Page], None]:
    """Empty a field that must be filled in, and send the form."""

    def act(page: Page) -> None:
        page.get_by_label(label, exact=True).first.fill("")
        press(button)(page)

    return act


READERS: Final = tuple(
    Screen(who, name, path)
    for who in ("", "greve")
    for name, path in (
        ("meetings", "/moeder/"),
        ("meeting", MEETING),
        ("item", f"{MEETING}punkter/2-1/"),
        ("item-untitled", f"{MEETING}punkter/2-4/"),
        ("appendix-generated", f"{MEETING}bilag/2-1-bilag-3/"),
        ("appendix-units", f"{MEETING}bilag/2-1-bilag-2/"),
        ("appendix-file", f"{MEETING}bilag/2-1-bilag-1/"),
        ("appendix-scan", f"{MEETING}bilag/2-3-bilag-1/"),
        ("packet", f"{MEETING}pakke/?side=41"),
    )
)
# The same pages; what differs is the menu, and what one may do from there.
OTHER_READERS: Final = tuple(
    Screen(who, name, path)
    for who in ("medlem", "erhvervshus", "admin")
    for name, path in (
        ("meetings", "/moeder/"),
        ("meeting", MEETING),
        ("item", f"{MEETING}punkter/2-1/"),
        ("appendix-file", f"{MEETING}bilag/2-1-bilag-1/"),
        ("packet", f"{MEETING}pakke/?side=41"),
    )
)
PUBLIC: Final = (
    Screen("", "sign-in", "/log-ind/"),
    Screen("", "sign-in-refused", "/log-ind/", act=fail_to_sign_in),
    Screen("", "password", "/adgangskode/"),
    Screen("", "password-sent", "/adgangskode/sendt/"),
    Screen("", "password-link-spent", "/adgangskode/ny/1-abc/"),
    Screen("", "password-changed", "/adgangskode/skiftet/"),
    Screen("", "account-closed", "/log-ind/lukket/"),
    Screen("", "no-meetings", "/moeder/", state="drafts"),
    Screen("", "unknown", "/moeder/2023-11-23/", status=404),
    Screen("", "proposals-sent", "/forslag/?q=virksomhed"),
    Screen("", "units-sent", "/samdrift/"),
    Screen("", "record-newest", "/forslag/7/"),
    Screen("", "record-sent", "/forslag/7@2023-11-22/"),
    Screen("", "record-not-there", "/forslag/99@2023-11-22/", status=404),
    Screen("greve", "municipal", f"{MEETING}min-kommune/"),
    Screen("greve", "municipality-own", "/min-kommune/"),
    Screen("greve", "municipality", "/kommuner/solroed/?alle=1&sorter=andel"),
    Screen("", "search", "/soeg/?q=praktik"),
    Screen("", "search-nothing", "/soeg/?q=Den+Vestske+Filmpulje&aar=2023"),
    Screen("", "search-small-words", "/soeg/?q=og+det"),
    Screen("", "search-empty", "/soeg/"),
    Screen("", "without-text", "/soeg/uden-tekst/"),
    Screen("", "changes-none", f"{MEETING}aendringer/"),
    Screen("", "receipt", f"{MEETING}kvittering/"),
    Screen("", "downloads", f"{MEETING}hent/"),
    Screen("", "downloads-none-chosen", f"{MEETING}hent/?som=pdf", status=422),
    Screen("", "sent-version", f"{MEETING}?version=1"),
    Screen("", "verify", "/moeder/er-det-den-rigtige-fil/"),
    Screen(
        "", "verify-no-file", "/moeder/er-det-den-rigtige-fil/", act=press("Kontrollér")
    ),
    Screen("", "packet-no-picture", f"{MEETING}pakke/?side=100"),
    Screen("", "packet-no-such-page", f"{MEETING}pakke/?side=126", status=422),
)
OTHERS: Final = (
    Screen("greve", "home", "/"),
    Screen("greve", "positions-own", "/holdninger/"),
    Screen("greve", "home-nothing", "/", state="drafts"),
    Screen("greve", "not-yours", "/forslag/udskriv/", status=404),
    Screen("medlem", "home", "/"),
    Screen("medlem", "home-nothing", "/", state="drafts"),
    Screen("medlem", "meetings-none", "/moeder/", state="drafts"),
    Screen("medlem", "not-yours", "/samdrift/nyt/", status=404),
    Screen("erhvervshus", "home", "/"),
    Screen("erhvervshus", "not-yours", "/brugere/", status=404),
    Screen("admin", "home", "/"),
    Screen("admin", "users", "/brugere/"),
    Screen("admin", "user-new", "/brugere/ny/"),
    Screen("admin", "user-new-refused", "/brugere/ny/", act=press("Opret bruger")),
    Screen("admin", "user", "/brugere/3/"),
    Screen("admin", "not-yours", "/forslag/udskriv/", status=404),
    Screen("hovedstaden", "home-first-day", "/"),
    Screen("hovedstaden", "meetings-none", "/moeder/"),
    Screen("hovedstaden", "catalogue-none", "/forslag/"),
    Screen("hovedstaden", "units-none", "/samdrift/"),
    Screen("hovedstaden", "not-theirs", f"{MEETING}oplysninger/", status=404),
)
CHIEF: Final = (
    Screen("chef", "home", "/"),
    Screen("chef", "meetings", "/moeder/"),
    Screen("chef", "meetings-of-all", "/moeder/?kkr="),
    Screen("chef", "meeting", MEETING),
    Screen("chef", "meeting-edit", f"{MEETING}oplysninger/"),
    Screen("chef", "item", f"{MEETING}punkter/2-3/"),
    Screen("chef", "appendix-generated", f"{MEETING}punkter/2-1/bilag/3/"),
    Screen("chef", "packet", f"{MEETING}pakke/?side=41"),
    Screen("chef", "send", f"{MEETING}send/"),
    Screen("chef", "publish", f"{MEETING}udgivelser/"),
    Screen("chef", "publish-nothing", f"{MEETING}udgivelser/", state="drafts"),
    Screen("chef", "proposals", "/forslag/"),
    Screen("chef", "proposal", "/forslag/7/"),
    Screen("chef", "print", "/forslag/udskriv/"),
    Screen(
        *("chef", "print-append"), "/forslag/udskriv/?kilde=proposals.trail&bilag=1"
    ),
    Screen("chef", "unit", "/samdrift/1/"),
    Screen("chef", "search", "/soeg/?q=praktik"),
)
MEETINGS: Final = tuple(
    Screen("sekretariat", *rest)
    for rest in (
        ("home", "/"),
        ("meetings", "/moeder/"),
        ("meeting", MEETING),
        ("meeting-card", f"{MEETING}?rediger=2-3"),
        ("section", f"{MEETING}?afsnit=2"),
        ("drafts", "/kladder/"),
        ("section-new", f"{MEETING}?afsnit=nyt"),
        ("meeting-new", "/moeder/nyt/"),
        ("meeting-edit", f"{MEETING}oplysninger/"),
        ("meeting-public", f"{MEETING}offentlig/"),
        ("changes-today", f"{MEETING}aendringer/"),
        ("item-public", f"{MEETING}offentlig/punkter/2-3/"),
        ("item", f"{MEETING}punkter/2-3/"),
        ("item-untitled", f"{MEETING}punkter/2-4/"),
        ("item-new", f"{MEETING}punkter/nyt/?afsnit=2"),
        ("appendix-file", f"{MEETING}punkter/2-1/bilag/1/"),
        ("appendix-scan", f"{MEETING}punkter/2-2/bilag/5/"),
        ("appendix-generate", f"{MEETING}punkter/2-1/bilag/data/"),
        ("appendix-options", f"{MEETING}punkter/2-1/bilag/3/"),
        ("appendix-page", f"{MEETING}bilag/2-1-bilag-3/"),
        ("packet", f"{MEETING}pakke/?side=41"),
        ("send", f"{MEETING}send/"),
        ("publish", f"{MEETING}udgivelser/"),
    )
)
CATALOGUES: Final = tuple(
    Screen("sekretariat", *rest)
    for rest in (
        ("proposals", "/forslag/"),
        ("proposals-titles", "/forslag/?vis=titler"),
        ("proposal-7", "/forslag/7/"),
        ("proposal-3", "/forslag/3/"),
        ("proposal-new", "/forslag/nyt/"),
        ("proposal-edit", "/forslag/7/oplysninger/"),
        ("theme", "/forslag/temaer/styring/"),
        ("theme-new", "/forslag/temaer/nyt/"),
        ("theme-board", "/forslag/temaer/"),
        ("proposals-chosen", "/forslag/?q=praktik&sorter=titel&tema=x&valgt=7"),
        ("units-none", "/samdrift/?omfang=all&q=findesikke"),
        ("view-new", "/forslag/visninger/ny/?vis=titler"),
        ("view", "/forslag/visninger/1/"),
        ("idea", "/forslag/7/ideen/"),
        ("point", "/forslag/7/punkter/45/"),
        ("point-new", "/forslag/7/punkter/ny/gevinst/"),
        ("figure-new", "/forslag/7/tal/ny/"),
        ("figure", "/forslag/1/tal/1/"),
        ("terms", "/forslag/7/regler/"),
        ("reference", "/forslag/3/henvisninger/2/"),
        ("link-new", "/forslag/7/henvisninger/ny/"),
        ("renumbering", "/forslag/9/nummer/"),
        ("renumbering-shown", "/forslag/9/nummer/?til=4&maade=skub"),
        ("proposal-history", "/forslag/7/historik/"),
        ("proposal-version", "/forslag/7/historik/1/"),
        ("unit-history", "/samdrift/1/historik/?kun=gain"),
        ("catalogue-history", "/forslag/historik/"),
        ("proposals-removed", "/forslag/slettede/"),
        ("units", "/samdrift/"),
        ("unit-1", "/samdrift/1/"),
        ("unit-new", "/samdrift/nyt/"),
        ("board", "/forslag/tavle/"),
        ("trail", "/forslag/7/vejen/"),
        ("step", "/forslag/1/vejen/1/"),
        ("step-new", "/forslag/7/vejen/nyt/?status=ministry"),
        ("status-change", "/forslag/status/?valgt=2&valgt=9&status=adopted"),
        ("unit-edit", "/samdrift/1/oplysninger/"),
        ("shared-point", "/samdrift/faelles/styringsmodel/"),
        ("shared-point-removal", "/samdrift/faelles/styringsmodel/fjernelse/"),
        ("shared-point-new", "/samdrift/faelles/nyt/"),
        ("shared-point-units", "/samdrift/faelles/styringsmodel/enheder/"),
        ("beneficiary", "/samdrift/modtagere/?navn=Borgere"),
        ("own-wording", "/samdrift/1/punkter/132/ordlyd/"),
        ("group", "/samdrift/1/grupper/1/"),
        ("group-placing", "/samdrift/1/grupper/placering/"),
        ("served", "/samdrift/2/visioner/"),
        ("visions", "/forslag/visioner/"),
        ("source-notes", "/forslag/uens/"),
        ("sheets", "/forslag/regneark/"),
        ("contract-sheets", "/resultatkontrakt/resultatkontrakt-2021/regneark/"),
        ("source-note", "/forslag/uens/enhed-1-erhvervshuse/"),
        ("source-note-new", "/forslag/uens/ny/?om=samdrift-1&art=title"),
        ("source-note-removal", "/forslag/uens/enhed-1-erhvervshuse/fjernelse/"),
        ("reading-new", "/forslag/7/titel/ny/"),
        ("point-move", "/samdrift/1/punkter/135/flytning/"),
        ("positions", "/forslag/holdninger/"),
        ("positions-record", "/forslag/holdninger/1/"),
        ("positions-cell", "/forslag/holdninger/1/253/"),
        ("positions-of", "/forslag/holdninger/kommuner/253/"),
        ("positions-reminder", "/forslag/holdninger/opkald/paamindelse/"),
        ("positions-deadline", "/forslag/holdninger/opkald/frist/"),
        ("positions-closing", "/forslag/holdninger/opkald/lukning/"),
        ("positions-call", "/samdrift/holdninger/opkald/"),
        ("contradictions", "/resultatkontrakt/2021/modsigelser/"),
        ("contradiction", "/resultatkontrakt/2021/modsigelser/verdict-3/"),
        ("contradiction-ask", "/resultatkontrakt/2021/modsigelser/verdict-3/spoerg/"),
        ("claims", "/resultatkontrakt/2021/modsigelser/paastande/"),
        ("claim", "/resultatkontrakt/2021/modsigelser/paastande/memo-16/"),
        ("claim-removal", "/resultatkontrakt/2021/modsigelser/paastande/memo-16/slet/"),
        ("goal-report", "/resultatkontrakt/2021/maal/6/rapport/"),
        ("contract-print", "/resultatkontrakt/2021/udskriv/?hvad=maal&goal=goal-3"),
    )
)
ACTED: Final = (
    Screen("sekretariat", "meeting-draft", MEETING, state="drafts"),
    Screen("sekretariat", "packet-none", f"{MEETING}pakke/", state="drafts"),
    Screen("sekretariat", "send-draft", f"{MEETING}send/", state="drafts"),
    Screen(
        "chef",
        "send-refused",
        f"{MEETING}send/",
        act=press("Send version 1"),
        state="drafts",
    ),
    Screen("sekretariat", "home-draft", "/", state="drafts"),
    Screen(
        "sekretariat",
        "meeting-card-swapped",
        MEETING,
        act=follow("Redigér", within="#item-2-3"),
    ),
    Screen(
        "sekretariat",
        "meeting-new-refused",
        "/moeder/nyt/",
        act=press("Opret møde"),
    ),
    Screen(
        "sekretariat",
        "section-new-refused",
        f"{MEETING}?afsnit=nyt",
        act=press("Tilføj"),
    ),
    Screen(
        "sekretariat",
        "proposal-point-open",
        "/forslag/7/",
        act=follow("Redigér", within="ol.points"),
    ),
    Screen(
        "sekretariat",
        "proposal-new-refused",
        "/forslag/nyt/",
        act=press("Opret forslag"),
    ),
    Screen(
        "sekretariat",
        "point-new-refused",
        "/forslag/7/punkter/ny/gevinst/",
        act=press("Gem gevinst"),
    ),
)
OF_LIFE: Final[tuple[tuple[str, str, State], ...]] = (
    ("meeting-locked", MEETING, "locked"),
    ("item-locked", f"{MEETING}punkter/2-3/", "locked"),
    ("appendix-locked", f"{MEETING}punkter/2-1/bilag/1/", "locked"),
    ("item-new-locked", f"{MEETING}punkter/nyt/", "locked"),
    ("step-missing", f"{MEETING}tilstand/?til=approval", "drafts"),
    ("step-not-yet", f"{MEETING}tilstand/?til=held", "locked"),
    ("fate", f"{MEETING}aflysning/", "locked"),
    ("item-fate", f"{MEETING}punkter/2-3/udgaar/", "locked"),
    ("preview", f"{MEETING}som-medlem/", "published"),
    ("preview-item", f"{MEETING}som-medlem/2-3/", "published"),
    ("approvals", f"{MEETING}godkendelse/", "drafts"),
    ("approvals-asked", f"{MEETING}godkendelse/", "asked"),
    ("meeting-asked", MEETING, "asked"),
    ("version-new", f"{MEETING}version/", "locked"),
    ("version-begun", f"{MEETING}version/", "published"),
    ("receivers", f"{MEETING}modtagere/", "asked"),
    ("receivers-sent", f"{MEETING}modtagere/", "locked"),
    ("member", "/moeder/medlemmer/1/", "asked"),
    ("members-some", "/moeder/medlemmer/", "asked"),
    ("item-template", f"{MEETING}punkter/2-3/skabelon/", "asked"),
    ("templates", "/moeder/skabeloner/", "asked"),
    ("written-facts", WRITTEN, "asked"),
    ("written", f"{WRITTEN}tekst/", "asked"),
    ("written-text", f"{WRITTEN}tekst/1/", "asked"),
    ("written-figure", f"{WRITTEN}tekst/4/", "asked"),
    ("written-picture", f"{WRITTEN}tekst/6/", "asked"),
    ("written-picture-new", f"{WRITTEN}tekst/nyt/billede/", "asked"),
    ("written-new", f"{MEETING}punkter/2-3/bilag/skriv/", "drafts"),
    ("deadline-rule", "/moeder/frister/", "drafts"),
    ("calendars", "/moeder/kalender/", "drafts"),
    ("comments", f"{MEETING}kommentarer/", "asked"),
    ("item-comments", f"{MEETING}punkter/2-3/", "asked"),
    ("readthroughs", f"{MEETING}gennemlaesning/", "asked"),
    ("readthroughs-locked", f"{MEETING}gennemlaesning/", "locked"),
    ("members", "/moeder/medlemmer/", "drafts"),
    ("member-new", "/moeder/medlemmer/nyt/", "drafts"),
    ("item-copy", f"{MEETING}punkter/2-3/andet-moede/", "drafts"),
    ("item-versions", f"{MEETING}punkter/2-3/versioner/?fra=1&til=2&gendan=1", "asked"),
    ("item-versions-locked", f"{MEETING}punkter/2-3/versioner/", "locked"),
    ("item-insert", f"{MEETING}punkter/2-3/indsaet/?q=film", "drafts"),
    ("items-gone", f"{MEETING}fjernede-punkter/", "drafts"),
)
LIFE: Final = (
    *(Screen("sekretariat", name, path, state=state) for name, path, state in OF_LIFE),
    Screen(
        "sekretariat",
        "approval-link",
        f"{MEETING}godkendelse/",
        act=open_link,
        state="asked",
    ),
    Screen(
        "sekretariat",
        "approval-bilag",
        f"{MEETING}godkendelse/",
        act=open_linked_bilag,
        state="asked",
    ),
)
ABOUT: Final = "?om=meetings.agendaitem:6"
OF_QUESTIONS: Final[tuple[tuple[str, str, str, State], ...]] = (
    ("sekretariat", "questions", "/spoergsmaal/", "asked"),
    ("sekretariat", "question", "/spoergsmaal/1/", "drafts"),
    ("sekretariat", "question-draft", "/spoergsmaal/2/", "asked"),
    ("sekretariat", "question-edit", "/spoergsmaal/2/oplysninger/", "asked"),
    ("sekretariat", "question-send", "/spoergsmaal/2/udsendelse/", "asked"),
    ("sekretariat", "question-remind", "/spoergsmaal/1/paamindelse/", "drafts"),
    ("sekretariat", "question-extend", "/spoergsmaal/1/frist/", "drafts"),
    ("sekretariat", "question-close", "/spoergsmaal/1/lukning/", "drafts"),
    ("sekretariat", "question-recipients", "/spoergsmaal/1/modtagere/", "drafts"),
    ("sekretariat", "question-call-back", "/spoergsmaal/1/tilbagetraekning/", "drafts"),
    ("sekretariat", "question-reopen", "/spoergsmaal/1/genaabning/", "held"),
    ("sekretariat", "question-answer", "/spoergsmaal/1/svar/1/", "drafts"),
    ("greve", "questions", "/spoergsmaal/", "drafts"),
    ("greve", "question", "/spoergsmaal/1/", "drafts"),
)
QUESTIONS: Final = (
    *(Screen(who, name, at, state=state) for who, name, at, state in OF_QUESTIONS),
    Screen(
        "sekretariat",
        "question-new-refused",
        f"/spoergsmaal/nyt/{ABOUT}",
        act=press("Videre"),
        state="drafts",
    ),
    Screen(
        "greve",
        "question-refused",
        "/spoergsmaal/1/",
        act=press("Send svar"),
        state="drafts",
    ),
)
OF_READING: Final[tuple[tuple[str, str, str, int, State], ...]] = (
    ("", "accessibility", "/tilgaengelighed/", 200, "published"),
    ("", "open-data", "/aabne-data/", 200, "published"),
    ("sekretariat", "limits", "/graenser/", 200, "published"),
    ("", "subscribe", f"{NEWS}?moede=2023-11-22", 200, "published"),
    ("", "taken-down", f"{MEETING}bilag/2-6-bilag-3/", 410, "locked"),
    ("", "meeting-with-taken-down", MEETING, 200, "locked"),
    ("greve", "notes", "/noter/", 200, "locked"),
    ("greve", "note", f"{MEETING}note/?om=punkt/2-3", 200, "locked"),
    ("greve", "item-noted", f"{MEETING}punkter/2-3/", 200, "locked"),
    ("greve", "appendix-noted", f"{MEETING}bilag/2-1-bilag-3/", 200, "locked"),
    ("greve", "follow", NEWS, 200, "published"),
    ("chef", "take-down", f"{MEETING}nedtagning/", 200, "published"),
    ("chef", "taken-down", f"{MEETING}nedtagning/1/", 200, "locked"),
)
READING: Final = (
    *(Screen(*each) for each in OF_READING),
    Screen("", "subscribe-refused", NEWS, act=press("Bed om mails")),
    Screen("chef", "take-down-sure", f"{MEETING}nedtagning/", act=choose_to_take_down),
)
OF_GOALS: Final = (
    ("goal", "maal/3/"),
    ("goal-judged", "maal/5/"),
    ("goal-note", "maal/3/note/"),
    ("goal-figure", "tal/1/"),
)
GOALS: Final = tuple(
    Screen("greve", name, f"/resultatkontrakt/2021/{at}") for name, at in OF_GOALS
)
OF_MINUTES: Final[tuple[tuple[str, str, str, State], ...]] = (
    ("sekretariat", "minutes-begun", f"{MEETING}referat/", "locked"),
    ("sekretariat", "minutes-asked", f"{MEETING}referat/", "held"),
    ("sekretariat", "minutes-draft", f"{MEETING}referat/udkast/", "held"),
    ("sekretariat", "decision", f"{MEETING}referat/punkter/2-3/", "locked"),
    ("sekretariat", "attendance", f"{MEETING}referat/fremmoede/", "held"),
    ("sekretariat", "task-new", f"{MEETING}referat/opgaver/ny/?punkt=2-2", "held"),
    ("sekretariat", "answer-before", f"{MEETING}punkter/2-6/svar/", "drafts"),
    ("sekretariat", "tasks", "/opfoelgning/", "held"),
    ("sekretariat", "task", "/opfoelgning/1/", "held"),
    ("sekretariat", "proposal-decided", "/forslag/7/", "approved"),
    ("", "agenda", f"{MEETING}dagsorden/", "held"),
    ("", "meeting-held", MEETING, "held"),
    ("", "meeting-approved", MEETING, "approved"),
    ("", "item-approved", f"{MEETING}punkter/2-2/", "approved"),
    ("", "minutes", f"{MEETING}referat/", "approved"),
    ("", "ledger", "/beslutninger/", "approved"),
    ("greve", "minutes-closed", f"{MEETING}referat/?del=lukket", "approved"),
    ("greve", "ledger-closed", "/beslutninger/?del=lukket", "approved"),
    ("sekretariat", "minutes-closed-asked", f"{MEETING}referat/?del=lukket", "held"),
)
MINUTES: Final = tuple(
    Screen(who, name, path, state=state) for who, name, path, state in OF_MINUTES
)
DRAFT: Final = "/moeder/gennemlaesning/"
READTHROUGH: Final = (
    Screen("greve", "home-asked", "/", state="asked"),
    Screen("sekretariat", "home-asked", "/", state="asked"),
    Screen("erhvervshus", "readthrough-asked", f"{DRAFT}1/", state="asked"),
    Screen("medlem", "readthrough-read", f"{DRAFT}2/", state="asked"),
    Screen("greve", "readthrough", f"{DRAFT}3/", state="asked"),
    Screen("greve", "readthrough-bilag", f"{DRAFT}3/bilag/2-1-bilag-1/", state="asked"),
)
CONTRACT: Final = "/resultatkontrakt/resultatkontrakt-2021/"
CONTRACTS: Final = (
    Screen("greve", "contract", CONTRACT),
    Screen("greve", "contract-otherwise", f"{CONTRACT}?kun=anderledes"),
    Screen(
        "greve", "contract-nothing-fits", f"{CONTRACT}?slags=local&status=ikke-naaet"
    ),
    Screen("erhvervshus", "contract", CONTRACT),
    Screen("sekretariat", "contract", "/resultatkontrakt/"),
)
OPKALD: Final = "/resultatkontrakt/2021/opkald/"
CALLS: Final = tuple(
    Screen(who, name, path, state="drafts")
    for who, name, path in (
        ("sekretariat", "calls", OPKALD),
        ("sekretariat", "calls-send", f"{OPKALD}send/"),
        ("sekretariat", "calls-remind", f"{OPKALD}mind/"),
        ("sekretariat", "calls-ask", f"{OPKALD}spoerg/maalepunkt-5-2/"),
        ("sekretariat", "calls-contact", f"{OPKALD}kontakt/"),
        ("sekretariat", "calls-rule", f"{OPKALD}frister/"),
        ("chef", "figures-approvals", "/resultatkontrakt/2021/godkendelse/"),
        ("erhvervshus", "reports", "/resultatkontrakt/2021/indberet/"),
        ("erhvervshus", "report", "/resultatkontrakt/2021/indberet/maalepunkt-1-2/"),
    )
)


OWN: Final = f"{CONTRACT}rediger/"
RECORDS: Final = tuple(
    Screen("sekretariat", name, path)
    for name, path in (
        ("contract-new", "/resultatkontrakt/ny/"),
        ("structure", OWN),
        ("contract-edit", f"{OWN}kontrakt/"),
        ("contract-next", f"{OWN}naeste/"),
        ("part", f"{OWN}maal/3/"),
        ("part-measure", f"{OWN}maalepunkt/4/"),
        ("part-edit", f"{OWN}maalepunkt/4/ret/"),
        ("part-new", f"{OWN}maaltal/ny/?til=4"),
    )
)
SCREENS: Final = (
    *CONTRACTS,
    *RECORDS,
    *CALLS,
    *READTHROUGH,
    *QUESTIONS,
    *READING,
    *GOALS,
    *LIFE,
    *MINUTES,
    *READERS,
    *OTHER_READERS,
    *PUBLIC,
    *OTHERS,
    *CHIEF,
    *MEETINGS,
    *CATALOGUES,
    *ACTED,
)
