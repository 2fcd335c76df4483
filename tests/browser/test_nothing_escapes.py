"""The browser's tests would notice: their own eyes are tested, and no page is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLResolver, get_resolver, resolve

from tests.browser.accessibility import findings, missing, sideways, words
from tests.browser.chromium import go
from tests.browser.screens import SCREENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.chromium import Visits
    from tests.browser.portal import Portal

# Answers that are no page: files, the health check, and what only takes a POST.
NO_PAGE = {
    "account_logout",
    "accounts:seat",
    "accounts:user-access",
    "accounts:user-removal",
    # A draft's own pages are looked at where one has been written: test_drafts.
    "drafts:discard",
    "drafts:save",
    "drafts:text",
    "healthz",
    "decisions:task-removal",
    "decisions:task-state",
    "meetings:agenda-file",
    "meetings:answer-undo",
    "meetings:approval-agenda-file",
    "meetings:approval-appendix-file",
    "meetings:approval-file",
    "meetings:approval-picture",
    # Their addresses are signed: the screens open them from the page that shows them.
    "meetings:approval-appendix",
    "meetings:approval-link",
    "meetings:bundle",
    "meetings:calendar",
    # Two files of one place: the demo has them once version 2 is sent.
    "meetings:changes-pages",
    "meetings:feed",
    # Their addresses are signed, and stand in mails alone: test_news.
    "meetings:subscription-confirm",
    "meetings:subscription-leave",
    "meetings:sealed-file",
    # Its rows come with an answer, and the links stand in mails alone: test_reporting.
    "resultcontracts:approval",
    "resultcontracts:calls-csv",
    "resultcontracts:evidence-file",
    "resultcontracts:report-link",
    "resultcontracts:report-link-file",
    "resultcontracts:report-link-measure",
    "resultcontracts:report-link-question",
    "resultcontracts:report-question",
    "was",
    "meetings:last-read",
    "meetings:minutes-file",
    "meetings:minutes-next",
    "meetings:minutes-proposal",
    "meetings:municipal-file",
    "municipality-file",
    "meetings:own-calendar",
    "meetings:public-data",
    "meetings:public-table",
    "meetings:readthrough-appendix-file",
    "meetings:readthrough-picture",
    "meetings:readthrough-file",
    "meetings:receipt-data",
    "meetings:selection",
    "meetings:template-removal",
    "meetings:whole-file",
    "meetings:appendix-file",
    "meetings:appendix-options",
    "meetings:appendix-order",
    "meetings:appendix-removal",
    "meetings:appendix-upload",
    "meetings:appendix-withdrawal",
    "meetings:block-order",
    "meetings:block-picture",
    "meetings:block-removal",
    "meetings:public-picture",
    "meetings:word-file",
    "meetings:changes-file",
    "meetings:item-numbers",
    "meetings:item-order",
    "meetings:item-presence",
    "meetings:item-removal",
    "meetings:removal",
    # A section's forms stand in the meeting's page, and are screens of it.
    "meetings:section",
    "meetings:section-new",
    "meetings:section-order",
    "meetings:section-removal",
    "meetings:packet-file",
    "meetings:packet-stop",
    "meetings:page-picture",
    "meetings:public-file",
    "proposals:catalogue-new",
    "proposals:figure-removal",
    "proposals:link-kind",
    "proposals:link-removal",
    # Asks as what a source says of a title, and is the same form empty.
    "proposals:reading-removal",
    "proposals:source-note-edit",
    "proposals:point-order",
    "proposals:point-removal",
    "proposals:print-data",
    "proposals:print-file",
    "proposals:print-table",
    "proposals:positions-call-removal",
    # Its page is there while a call is a draft; the demo has none.
    "proposals:positions-mail",
    "proposals:proposal-removal",
    "proposals:step-removal",
    "proposals:removed-history",
    "proposals:removed-version",
    "proposals:theme-removal",
    "proposals:title",
    "proposals:typed",
    "proposals:unit-removal",
    "proposals:view-removal",
    "proposals:sheet-file",
    "proposals:sheet-rest",
    "proposals:sheet-undo",
    # The same pages as of proposals, and a file that the demo has not got.
    "proposals:proposal-sheet",
    "proposals:unit-sheet",
    "proposals:unit-sheets",
    "questions:answers-file",
    # The same form as of a claim that is there, empty; and files.
    "resultcontracts:claim-new",
    "resultcontracts:part-removal",
    "resultcontracts:print-data",
    "resultcontracts:print-file",
    "resultcontracts:print-table",
    "questions:question-removal",
    "resultcontracts:figures",
    "resultcontracts:sheet-file",
    "resultcontracts:sheet-rest",
    "resultcontracts:sheet-undo",
    # As of proposals, and a file that the demo has not got.
    "resultcontracts:sheet",
    "proposals:cluster-removal",
    "proposals:vision-removal",
    # The same forms as of a group and of a theme, empty.
    "proposals:cluster-new",
    "proposals:vision",
    "proposals:vision-new",
}


def routes(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The name of every route, with its namespace."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from routes(entry, space + inner)
        elif entry.name:
            yield space + entry.name


def test_every_page_is_among_the_screens() -> None:
    visited = {resolve(screen.path.partition("?")[0]).view_name for screen in SCREENS}

    assert set(routes(get_resolver())) - visited == NO_PAGE


def fill(page: Page, body: str) -> Page:
    """Replace what a page shows."""
    page.locator("main").evaluate("(main, body) => main.innerHTML = body", body)
    return page


def test_a_breach_and_a_missing_file_are_noticed(
    published: Portal, visits: Visits
) -> None:
    page = go(visits.page(), "/moeder/")

    page.evaluate(
        "() => document.body.insertAdjacentHTML('beforeend', '<i style=top:0>')"
    )
    with page.expect_response("**/static/none.png"):
        page.evaluate("() => { new Image().src = '/static/none.png' }")
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('slip') }, 0) }")

    kinds = sorted(fault.partition(":")[0] for fault in visits.faults())
    assert kinds == ["404", "error", "error"]


def test_a_flaw_at_either_width_is_noticed(published: Portal, visits: Visits) -> None:
    wide, narrow = (go(visits.page(width=width), "/moeder/") for width in (1280, 390))

    fill(
        narrow,
        f'<h1>Møder</h1><img src="/static/img/favicon.svg"><p class="nobr">{"m" * 99}</p>',
    )

    assert [line.partition(":")[0] for line in findings(narrow)] == ["image-alt"]
    assert [line for line in sideways(narrow) if line.startswith("page: ")]
    assert "22. november 2023" in missing(words(wide), words(narrow))
