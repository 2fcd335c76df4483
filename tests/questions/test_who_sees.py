"""Who sees which answer, as a matrix: before it is asked, while it is open, when closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from django.test import Client

from accounts.choices import Role
from questions.models import Question, Recipient
from questions.services.questions import ask, close
from tests.makers_packets import a_council, a_user
from tests.makers_questions import a_house, a_question, a_secretary, somebody_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User

pytestmark = pytest.mark.django_db
ALL: Final = "Greve Huset Solrød"
# Who → the answers they see of a draft, of an open question, and of a closed one.
SEES: Final[dict[str, tuple[str, str, str]]] = {
    "secretariat": (ALL, ALL, ALL),
    "chief": (ALL, ALL, ALL),
    "greve": ("", "Greve", ALL),
    "greve's member": ("", "Greve", ALL),
    "solrød": ("", "Solrød", ALL),
    "lejre": ("", "", ALL),
    "member": ("", "", ALL),
    "reporter": ("", "Huset", "Huset"),
    "other house": ("", "", ""),
    "administrator": ("", "", ""),
    "elsewhere": ("", "", ""),
    "greve's, elsewhere": ("", "", ""),
}
PEOPLE: Final[dict[str, Callable[[], User]]] = {
    "secretariat": a_secretary,
    "chief": lambda: a_user(role=Role.CHIEF),
    "greve": lambda: somebody_of("Greve"),
    "greve's member": lambda: somebody_of("Greve", Role.MEMBER),
    "solrød": lambda: somebody_of("Solrød"),
    "lejre": lambda: somebody_of("Lejre"),
    "member": lambda: a_user(role=Role.MEMBER),
    "reporter": lambda: a_user(role=Role.REPORTER, organisation=a_house()),
    "other house": lambda: a_user(
        role=Role.REPORTER, organisation=a_house("andet"), email="andet@hus.example"
    ),
    "administrator": lambda: a_user(role=Role.ADMINISTRATOR),
    "elsewhere": lambda: a_user(a_council("hovedstaden")),
    # A seat of that municipality in another council is no seat of this one.
    "greve's, elsewhere": lambda: a_user(
        a_council("nord"),
        Role.DIRECTOR,
        municipality=somebody_of("Greve").memberships.get().municipality,
    ),
}


@pytest.mark.parametrize("stage", [0, 1, 2], ids=["draft", "open", "closed"])
def test_each_sees_the_answers_that_are_theirs_and_no_others(stage: int) -> None:
    people = {name: make() for name, make in PEOPLE.items()}
    question = a_question("Greve", "Solrød", houses=(a_house(),))
    if stage:
        ask(question.pk, by=people["secretariat"])
    if stage == 2:
        close(question.pk, by=people["secretariat"])

    found = {}
    for name, user in people.items():
        rows = Recipient.objects.visible_to(user).order_by("sort_key")
        found[name] = " ".join(rows.values_list("name", flat=True))

    assert found == {name: row[stage] for name, row in SEES.items()}
    for name, user in people.items():
        sees = Question.objects.visible_to(user).exists()
        assert sees == bool(found[name]), name


@pytest.mark.parametrize("stage", [1, 2], ids=["open", "closed"])
def test_the_pages_and_the_file_show_no_others_either(stage: int) -> None:
    people = {name: make() for name, make in PEOPLE.items()}
    question = a_question("Greve", "Solrød", houses=(a_house(),))
    ask(question.pk, by=people["secretariat"])
    for row in question.recipients.all():
        said = {"reply": f"Hemmeligt {row.name}", "choice": "Ja"}
        Recipient.objects.filter(pk=row.pk).update(
            **said, answered_at=question.changed_at
        )
    if stage == 2:
        close(question.pk, by=people["secretariat"])

    for name, user in people.items():
        client = Client()
        client.force_login(user)
        page = client.get(f"/spoergsmaal/{question.pk}/").content.decode()
        file = client.get(f"/spoergsmaal/{question.pk}/svar.csv").content.decode()
        home = client.get("/").content.decode()
        may = SEES[name][stage].split()
        for place in ALL.split():
            assert (f"Hemmeligt {place}" in page) == (place in may), (name, place)
            leaks = f"Hemmeligt {place}" in file + home
            assert not leaks or place in may, (name, place)
        is_editor = name in {"secretariat", "chief"}
        may_fetch = bool(may) and (is_editor or stage == 2)
        assert ("Modtager" in file) == may_fetch, name


def test_nobody_answers_for_another_place_nor_writes_in_without_being_editor() -> None:
    question = a_question("Greve", "Solrød")
    ask(question.pk, by=a_secretary())
    solroed = Recipient.objects.get(name="Solrød")
    client = Client()
    client.force_login(somebody_of("Greve"))

    client.post(
        f"/spoergsmaal/{question.pk}/",
        {"choice": "Nej", "version": 1, "pk": solroed.pk, "recipient": solroed.pk},
    )
    record = client.post(f"/spoergsmaal/{question.pk}/svar/{solroed.pk}/", {})

    solroed.refresh_from_db()
    assert (solroed.choice, record.status_code) == ("", 404)
    assert Recipient.objects.get(name="Greve").choice == "Nej"
