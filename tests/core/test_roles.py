"""What the plain role may do, and what nobody who has only that role can undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from psycopg import sql

from core import roles
from kkr.database import database_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

type Plain = psycopg.Connection[tuple[Any, ...]]

REFUSED: dict[str, LiteralString] = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table}",
    "drop": "DROP TABLE {table}",
    "disable": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "silence": "SET session_replication_role = replica",
}
NEW_USER = """INSERT INTO accounts_user (email, name, password, is_active, created_at)
              VALUES ('prøve@kkr.example', 'Prøve', '', true, now())"""


@pytest.fixture
def plain(db: None) -> Iterator[Plain]:
    """A connection to the test database as the role of web and worker."""
    where = database_settings("app")
    opened = psycopg.connect(
        host=where["HOST"] or None,
        port=where["PORT"] or None,
        user=where["USER"],
        password=where["PASSWORD"] or None,
        dbname=connection.settings_dict["NAME"],
    )
    yield opened
    opened.rollback()
    opened.close()


@pytest.mark.parametrize("act", REFUSED)
def test_history_cannot_be_changed_by_the_plain_role(plain: Plain, act: str) -> None:
    grows = roles.append_only_models()

    for model in grows:
        table = sql.Identifier(model._meta.db_table)
        column = sql.Identifier(str(model._meta.pk.column))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            plain.execute(sql.SQL(REFUSED[act]).format(table=table, column=column))
        plain.rollback()

    assert len(grows) > 1


def test_the_plain_role_writes_a_row_and_its_history(plain: Plain) -> None:
    plain.execute(NEW_USER)

    found = plain.execute("SELECT pgh_label, name FROM accounts_userevent").fetchall()

    assert found == [("insert", "Prøve")]


def test_who_did_it_cannot_be_rewritten_after_the_act(plain: Plain) -> None:
    plain.execute(
        """INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
           VALUES (gen_random_uuid(), now() - interval '1 second', now(), '{}')"""
    )

    with pytest.raises(psycopg.errors.RaiseException, match="after its act"):
        plain.execute("""UPDATE pghistory_context SET metadata = '{"who": "x"}'""")


def test_an_act_inside_another_adds_to_its_context(plain: Plain) -> None:
    plain.execute(
        """INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
           VALUES (gen_random_uuid(), now(), now(), '{}')"""
    )

    done = plain.execute("""UPDATE pghistory_context SET metadata = '{"verb": "x"}'""")

    assert done.rowcount == 1


def test_the_plain_role_can_read_every_table_and_own_none(plain: Plain) -> None:
    found = plain.execute(
        """SELECT count(*) FILTER (WHERE has_table_privilege(
                      format('public.%I', tablename), 'SELECT')),
                  count(*) FILTER (WHERE tableowner = current_user), count(*) > 20
           FROM pg_tables WHERE schemaname = 'public'"""
    ).fetchone()

    assert found is not None
    readable, owned, many = found
    assert (owned, many) == (0, True)
    assert readable == len(connection.introspection.table_names())


def test_the_plain_role_cannot_say_that_a_migration_ran(plain: Plain) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        plain.execute("DELETE FROM django_migrations")


@pytest.mark.django_db
def test_what_the_owner_makes_later_is_at_once_usable(
    settings: Settings,
) -> None:
    query = "SELECT has_table_privilege(%s, 'made_later', 'INSERT')"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE made_later (id int)")
        cursor.execute(query, [settings.DATABASE_APP_ROLE])

        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_one_role_for_both_is_said_and_keeps_its_rights(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATABASE_APP_ROLE = connection.settings_dict["USER"]

    roles.grant_after_migrate(sender=None)  # type: ignore[arg-type]

    assert "history can be rewritten" in caplog.text


@pytest.mark.django_db
def test_web_and_worker_are_told_of_an_owner_and_run() -> None:
    assert [code for code, _ in roles.role_problems(connection)] == ["owner"]
    roles.refuse_superuser()


@pytest.mark.django_db
def test_web_and_worker_do_not_start_as_a_superuser() -> None:
    powerful = connection.copy(alias="powerful")
    powerful.settings_dict["USER"] = "postgres"
    connections["powerful"] = powerful
    try:
        with pytest.raises(ImproperlyConfigured, match="superuser"):
            roles.refuse_superuser("powerful")
    finally:
        powerful.close()
        del connections["powerful"]
