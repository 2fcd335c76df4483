"""The index says what the records say, however often and in whatever order it is made."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from core import search
from core.search.indexing import Indexed, index
from core.search.models import SearchEntry, SearchPassage, SearchWord
from tests.core.search.makers import EDITORS, titles

if TYPE_CHECKING:
    from tests.core.search.makers import Shelf

pytestmark = pytest.mark.django_db


def words() -> dict[tuple[str, str], int]:
    """(audience, word) → in how many entries."""
    rows = SearchWord.objects.values_list("audience", "word", "entries")
    return {(audience, word): entries for audience, word, entries in rows}


def test_indexing_again_writes_nothing(shelf: Shelf) -> None:
    shelf.put("Om praktik", "Og løntilskud.")

    assert index() == Indexed(written=1)
    before = set(SearchEntry.objects.values_list("pk", "fingerprint"))
    assert index() == Indexed()
    assert set(SearchEntry.objects.values_list("pk", "fingerprint")) == before


def test_what_is_no_longer_told_of_is_gone_with_its_words(shelf: Shelf) -> None:
    shelf.put("Om praktik", "Fælles.")
    shelf.put("Om løntilskud", "Fælles.")
    index()
    del shelf.entries[0]

    assert index("prøve:1") == Indexed(removed=1)
    assert words() == {("public", "løntilskud"): 1, ("public", "fælles"): 1}
    assert SearchPassage.objects.count() == 1


def test_a_scope_leaves_the_others_alone(shelf: Shelf) -> None:
    shelf.put("Om praktik", scope="prøve:1")
    shelf.put("Om løntilskud", scope="prøve:2")
    index()
    shelf.entries.clear()

    index("prøve:1")

    assert titles("løntilskud") == ["Om løntilskud"]
    assert titles("praktik") == []


def test_a_changed_entry_is_written_anew_and_its_words_are_counted_right(
    shelf: Shelf,
) -> None:
    shelf.put("Om praktik", "Fælles.", key="den")
    index()
    shelf.entries.clear()
    shelf.put("Om løntilskud", "Fælles.", key="den")

    assert index() == Indexed(written=1)
    assert words() == {("public", "løntilskud"): 1, ("public", "fælles"): 1}
    assert titles("praktik") == []


def test_the_lists_of_words_are_kept_apart(shelf: Shelf) -> None:
    shelf.put("Praktik")
    shelf.put("Praktik", audience=EDITORS)
    index()

    assert words() == {("public", "praktik"): 1, (EDITORS, "praktik"): 1}


def test_two_entries_with_one_key_are_a_fault_that_leaves_the_index(
    shelf: Shelf,
) -> None:
    shelf.put("Om praktik")
    index()
    shelf.put("Om løntilskud", key="ting-1")

    with pytest.raises(ValueError, match="ting-1"), transaction.atomic():
        index()

    assert titles("praktik") == ["Om praktik"]


def test_a_text_beyond_measure_is_indexed_as_far_as_it_goes(shelf: Shelf) -> None:
    shelf.put("Stor", " ".join(f"ord{number}x{'y' * 40}" for number in range(40_000)))

    assert index() == Indexed(written=1)
    assert titles("stor") == ["Stor"]


def test_a_change_leaves_a_job_only_if_it_stands(shelf: Shelf) -> None:
    with transaction.atomic():
        search.changed("prøve:1")
        transaction.set_rollback(True)
    search.changed("prøve:2")

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args ->> 'scope' FROM procrastinate_jobs")
        assert cursor.fetchall() == [("core.index", "prøve:2")]


def test_the_command_makes_the_index_anew(shelf: Shelf) -> None:
    shelf.put("Om praktik")
    index()
    first = SearchEntry.objects.get().pk
    out = io.StringIO()

    call_command("reindex", clear=True, stdout=out)

    assert SearchEntry.objects.get().pk != first
    assert "1 written, 0 removed, 1 in the index." in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_count_each_word_once(shelf: Shelf) -> None:
    for number in range(20):
        shelf.put(f"Om praktik {number}", scope=f"prøve:{number % 2}")

    def work(scope: str) -> None:
        index(scope)
        connection.close()

    both = [threading.Thread(target=work, args=[f"prøve:{n}"]) for n in (0, 1)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(30)

    assert words() == {("public", "praktik"): 20}
