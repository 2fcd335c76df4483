"""Every form in which one writes at length keeps what was typed, or says why not."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from django import forms
from django.test import Client

import accounts
import meetings
import proposals
import questions
import resultcontracts
from core.drafts.models import Draft
from core.widgets import LineWidget
from meetings.models import Meeting
from questions.services import questions as service
from tests.makers_contracts import CONTRACT, a_contract, a_goal
from tests.makers_packets import a_meeting as a_full_meeting
from tests.makers_packets import a_packet, a_publication, a_user
from tests.makers_questions import a_question, somebody_of
from tests.makers_written import a_block, a_written

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
# Of so many letters a text is long.
LONG: Final = 1000
TYPED: Final = "Kladdens ord"
TICKET: Final = re.compile(r'name="kladde" value="([^"]+)"')
SENT, OPEN = "/moeder/2023-11-22/", "/moeder/2024-01-24/"
# Form → address, and what is refused there.
REFUSED: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "resultcontracts.notes.NoteForm": (
        f"/resultatkontrakt/{CONTRACT}/maal/1/note/",
        {"text": f"{TYPED} {'x' * 4000}", "version": "0"},
    ),
    "meetings.members.RecordForm": (
        f"{OPEN}godkendelse/", {"act": "record", "skriv-remarks": TYPED},
    ),
    "meetings.minutes.AnswerBeforeForm": (
        f"{SENT}punkter/2-1/svar/", {"answer": TYPED},
    ),
    "meetings.minutes.DecisionForm": (
        f"{SENT}referat/punkter/2-1/",
        {"outcome": "discussed", "text": TYPED, "minority": TYPED},
    ),
    "meetings.notes.NoteForm": (
        f"{SENT}note/?om=punkt/2-1", {"text": f"{TYPED} {'x' * 4000}"},
    ),
    "meetings.written.TextForm": (
        "{block}", {"text": TYPED, "heading": "x" * 300, "version": "x"},
    ),
    "questions.questions.QuestionForm": (
        "/spoergsmaal/nyt/", {"note": TYPED, "text": ""},
    ),
    "questions.answers.AnswerForm": (
        "/spoergsmaal/{asked}/", {"reply": f"{TYPED} {'x' * 4000}"},
    ),
    "questions.answers.RecordForm": (
        "/spoergsmaal/{asked}/svar/{recipient}/", {"reply": TYPED},
    ),
    "resultcontracts.goal.GoalForm": (
        "/resultatkontrakt/resultatkontrakt-2021/rediger/maal/ny/", {"purpose": TYPED},
    ),
}  # fmt: skip
ELSEWHERE: Final = {
    "meetings.agenda.AppendixForm": "test_item_drafts",
    "meetings.agenda.ItemForm": "test_item_drafts",
    "meetings.agenda.NewItemForm": "test_item_drafts",
    "meetings.agenda.ItemCardForm": "test_item_drafts",
    "meetings.comments.RemarksForm": "test_forms_keep_drafts",
    "meetings.meetings.NewMeetingForm": "test_forms_keep_drafts",
    "proposals.proposals.IdeaForm": "test_idea_drafts",
    "proposals.proposals.NewProposalForm": "test_forms_keep_drafts",
    "proposals.units.NewUnitForm": "test_forms_keep_drafts",
    "proposals.units.UnitForm": "test_forms_keep_drafts",
    "proposals.calls.CallForm": "proposals/test_positions_drafts",
    "proposals.positions.PositionForm": "proposals/test_positions_drafts",
    "resultcontracts.reports.ReportForm": "resultcontracts/test_answers",
    "questions.questions.AskedForm": "in one form with QuestionForm",
}
# Without a draft, each for its own reason.
WITHOUT: Final = {
    "meetings.comments.AnswerForm": "a remark beside the text; a refused one comes back",
    "meetings.comments.CommentForm": "the same",
    "questions.questions.MoreForm": "names and addresses; refused ones come back",
    "meetings.members.AnswerForm": "by a link, without an account: there is no user",
}


def long_forms() -> set[str]:
    """All forms with a text of more than ``LONG`` letters, or of no bound."""
    found = set()
    for app in (accounts, meetings, proposals, questions, resultcontracts):
        for info in walk_packages(app.__path__, f"{app.__name__}."):
            if ".forms" in info.name:
                import_module(info.name)
    for form in every(forms.BaseForm):
        own = form.__module__.split(".")
        if len(own) > 1 and own[1] == "forms" and any(map(is_long, fields(form))):
            found.add(f"{own[0]}.{own[-1]}.{form.__name__}")
    return found


def every(kind: Any) -> Iterator[Any]:
    for below in kind.__subclasses__():
        yield below
        yield from every(below)


def fields(form: Any) -> list[Any]:
    return list(getattr(form, "base_fields", {}).values())


def is_long(field: Any) -> bool:
    is_text = isinstance(field.widget, forms.Textarea)
    is_line = isinstance(field.widget, LineWidget)
    most = getattr(field, "max_length", None)
    return is_text and not is_line and (most is None or most > LONG)


def test_every_long_form_is_tried_or_named() -> None:
    assert long_forms() == {*REFUSED, *ELSEWHERE, *WITHOUT}


@pytest.fixture
def places() -> SimpleNamespace:
    """A sent meeting, one under approval with a written bilag, and a question."""
    by = a_user()
    a_goal(a_contract(by.memberships.get().council))
    a_publication()
    meeting = a_full_meeting(slug="2024-01-24")
    a_packet(meeting, has_pictures=False)
    Meeting.objects.filter(pk=meeting.pk).update(state="approval")
    bilag = a_written(meeting.sections.get().items.get())
    block = a_block(bilag)
    question = a_question("Greve", due_on=None)
    service.ask(question.pk, by=by)
    row = question.recipients.get()
    address = f"{OPEN}punkter/2-1/bilag/{bilag.pk}/tekst/{block.key}/"
    return SimpleNamespace(by=by, block=address, asked=question.pk, recipient=row.pk)


def test_what_is_refused_is_kept_as_a_draft(places: SimpleNamespace) -> None:
    clients = {True: Client(), False: Client()}
    clients[True].force_login(places.by)
    clients[False].force_login(somebody_of("Greve"))
    for name, (address, typed) in REFUSED.items():
        client = clients[name != "questions.answers.AnswerForm"]
        url = address.format(**vars(places))
        ticket = TICKET.search(client.get(url).content.decode())
        assert ticket is not None, name

        answer = client.post(url, {"kladde": ticket[1], **typed})

        assert answer.status_code == 422, name
        assert TYPED in answer.content.decode(), name
        draft = Draft.objects.latest("written_at")
        assert TYPED in str(draft.data), name
        assert TYPED in client.get(draft.address).content.decode(), name
        Draft.objects.all().delete()
