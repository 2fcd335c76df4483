"""The list of checks, and how they are asked."""

from __future__ import annotations

import re
from dataclasses import replace

from django.conf import settings

from documents.checks import CHECKS, Flaw, run
from tests.documents.checks.makers import fixture, foreign, item


def test_every_check_has_a_key_of_its_own_and_is_asked_of_something() -> None:
    assert len({check.key for check in CHECKS}) == len(CHECKS)
    assert all(check.own or check.foreign for check in CHECKS)


def test_text_in_a_file_only_warns_but_for_our_titles_and_what_a_person_answers_for() -> (
    None
):
    hard = {check.key for check in CHECKS if check.foreign == "error"}

    assert hard == {"title-tail", "title-filler", "status", "undrawable", "cpr"}
    assert {check.key for check in CHECKS if check.may_override} == {"cpr"}


def test_a_flaw_stands_once_however_often_its_words_do() -> None:
    assert len(run([item("Prisen er TBD. Svaret er TBD.")])) == 1


def test_an_answer_falls_when_the_text_changes() -> None:
    flaw = Flaw("unfinished", "item:1", "p:1", "Tekst", "Sætning.", "og så,")

    assert flaw.fingerprint == replace(flaw, where="Sagen", page=3).fingerprint
    others = (
        replace(flaw, quote="og"),
        replace(flaw, key="p:2"),
        replace(flaw, subject="x"),
        replace(flaw, seal="ab"),
    )
    assert flaw.fingerprint not in {other.fingerprint for other in others}


def test_running_twice_gives_the_same() -> None:
    subjects = [foreign("Veje ti l alle", "Vi er her,, og"), item("Prisen er TBD.")]

    assert run(subjects) == run(subjects)


def test_an_empty_packet_and_an_empty_file_have_no_flaw() -> None:
    assert run([]) == ()
    assert run([replace(foreign(), passages=())]) == ()


def test_the_table_in_the_docs_is_the_list_of_checks() -> None:
    text = (settings.BASE_DIR / "docs" / "checks.md").read_text(encoding="utf-8")
    # What the agenda is asked besides stands in a table of its own.
    of_texts = text.partition("## Empty fields")[0]
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$",
        of_texts,
        re.MULTILINE,
    )

    assert rows == [
        (check.key, check.name, _tone(check.own, check.may_override),
         _tone(check.foreign, check.may_override), check.sentence)
        for check in CHECKS
    ]  # fmt: skip


def _tone(tone: str, may_override: bool) -> str:  # noqa: FBT001
    return f"{tone or '–'}{', a named person may answer' if may_override else ''}"


def test_the_table_of_mistakes_in_the_docs_is_the_data() -> None:
    text = (settings.BASE_DIR / "docs" / "defects.md").read_text(encoding="utf-8")
    rows = dict(
        re.findall(
            r"^\| (D\d\d) \|.*\| (prevented|flagged|out of reach)[^|]*\|$",
            text,
            re.MULTILINE,
        )
    )

    assert rows == {
        row["id"]: row["outcome"].replace("out", "out of reach")
        for row in fixture("defects")["defects"]
    }
