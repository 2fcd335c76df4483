"""References in texts: three spellings of one thing, and typed numbers that are none."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from documents.inlines import Place, rich
from documents.tree import Reference, linked
from proposals import references
from proposals.queries import texts
from proposals.references import Name, Names

NINE = Name("proposal", "krav-om-timetal", 9, "Krav om <timetal>")
TWO = Name("unit", "digitalisering", 2, "Digitalisering")
GONE = Name("proposal", "slettet", None, "Slettet", 5)
NAMES = Names((NINE, TWO, GONE))
TEXT = f"Uddybet i {NINE.token} & {TWO.token}"


def test_a_text_is_written_printed_and_linked_with_the_number_of_today() -> None:
    assert references.plain(TEXT, NAMES) == "Uddybet i forenkling 9 & samdrift 2"
    assert references.written(TEXT, NAMES) == "Uddybet i [forenkling 9] & [samdrift 2]"
    assert references.html(TEXT, NAMES) == (
        'Uddybet i <a class="reference" href="/forslag/9/" title="Krav om '
        '&lt;timetal&gt;">forenkling 9</a> &amp; <a class="reference" '
        'href="/samdrift/2/" title="Digitalisering">samdrift 2</a>'
    )
    moved = NAMES.with_numbers({NINE.token: 4})
    assert references.plain(TEXT, moved) == "Uddybet i forenkling 4 & samdrift 2"
    assert references.links(TEXT, moved, "proposal") == (
        Reference("proposal:krav-om-timetal", "forenkling 4"),
        Reference("unit:digitalisering", "samdrift 2", is_elsewhere=True),
    )


def test_what_is_removed_or_unknown_is_said_and_no_link() -> None:
    text = f"{GONE.token}, {{{{samdrift:intet}}}}"

    assert references.plain(text, NAMES) == "forenkling 5, (henvisning til intet)"
    assert references.links(text, NAMES, "proposal") == ()
    assert references.written(text, NAMES) == "[forenkling: slettet], [samdrift: intet]"
    assert '<span class="reference reference--gone">forenkling 5 (fjernet)' in (
        references.html(text, NAMES)
    )


@pytest.mark.parametrize(
    ("written", "stored", "wrong"),
    [
        ("Se [Forenkling 9].", f"Se {NINE.token}.", ()),
        ("Se [ samdrift  2 ]", f"Se {TWO.token}", ()),
        ("Se [forenkling: slettet]", f"Se {GONE.token}", ()),
        ("Se [forenkling 5]", "Se [forenkling 5]", ("[forenkling 5]",)),
        ("Se {{samdrift:x}}", "Se {{samdrift:x}}", ("{{samdrift:x}}",)),
        ("Se [note 9] og [forenkling]", "Se [note 9] og [forenkling]", ()),
    ],
)
def test_what_is_written_is_kept_by_key_or_refused(
    written: str, stored: str, wrong: tuple[str, ...]
) -> None:
    assert references.stored(written, NAMES) == (stored, wrong)


WORDS = st.text(st.characters(exclude_characters="[]{}", codec="utf-8"), max_size=20)
PARTS = st.lists(WORDS | st.sampled_from([NINE.token, TWO.token, GONE.token]))


@given(PARTS)
def test_a_text_comes_back_from_a_form_as_it_was(parts: list[str]) -> None:
    text = "".join(parts)

    assert references.stored(references.written(text, NAMES), NAMES) == (text, ())


@given(PARTS)
def test_links_put_into_printed_words_lose_no_word(parts: list[str]) -> None:
    text = "".join(parts)
    printed = references.plain(text, NAMES)

    line = linked(printed, references.links(text, NAMES, "proposal"))

    assert "".join(part.text for part in line) == printed  # type: ignore[union-attr]


def test_a_form_that_was_drawn_before_a_renumbering_keeps_what_it_showed() -> None:
    known = {"[forenkling 9]": NINE.token, "[samdrift 2]": "<script>"}

    kept = references.kept("[forenkling 9] og [samdrift 2]", known)

    assert kept == f"{NINE.token} og [samdrift 2]"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jf. forslag 9", [("forslag 9", "samdrift", 9)]),
        (
            "<p>Som forenkling 3</p><p>og Samdriftsenhed 2.</p>",
            [("forenkling 3", "forenkling", 3), ("Samdriftsenhed 2", "samdrift", 2)],
        ),
        ("forslag 9.2, forslag 3. april, [forenkling 9] og 18 forslag", []),
        ("lovforslag 9 og forslag 1.000", []),
        (TEXT, []),
    ],
)
def test_typed_numbers_are_found_and_dates_and_sums_are_none(
    text: str, found: list[tuple[str, str, int]]
) -> None:
    typed = references.typed_in(text, "samdrift")

    assert [(each.text, each.word, each.number) for each in typed] == found


def test_only_the_whole_words_follow() -> None:
    text = references.follow("forslag 1, forslag 12 og forslag 1", "forslag 1", "X")

    assert text == "X, forslag 12 og X"


def test_rich_text_links_its_words_and_not_those_of_a_link() -> None:
    links = (Reference("proposal:a", "forenkling 9"), Reference("unit:b", "samdrift 2"))
    place = Place("page", known=frozenset({"proposal:a"}))
    html = '<p><a href="https://x.dk">forenkling 9</a>, forenkling 9, samdrift 2</p>'

    assert rich(html, 2, links, place) == (
        '<p><a href="https://x.dk">forenkling 9</a>, '
        '<a href="#proposal-a">forenkling 9</a>, samdrift 2</p>'
    )


@pytest.mark.django_db
def test_every_branch_of_the_table_of_texts_has_the_same_types() -> None:
    # Where they differ PostgreSQL reads all texts once a record: 5 s of 500 proposals.
    types = set()
    with connection.cursor() as cursor:
        for branch in texts.TEXTS[1:-1].split(" UNION ALL "):
            cursor.execute(f"SELECT * FROM ({branch}) one LIMIT 0")  # noqa: S608 -- constants
            council, _, record, *_ = cursor.description
            types.add((council.type_code, record.type_code))
    assert len(types) == 1
