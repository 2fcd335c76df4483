"""Two database roles: an owner that migrates, a plain one for web and worker.

The plain role reads and writes rows and cannot change the schema. Of tables that only
grow (history events, and models that say ``append_only = True``) it may read and add
rows, nothing else: a trigger can be silenced by whoever owns the table, a missing
grant cannot. The rights are given anew after every migration.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models.signals import post_migrate
from pghistory.models import Context, Event
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.apps import AppConfig
    from django.db import models
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

log = logging.getLogger(__name__)

DEFAULTS: Final = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {app};
"""
GRANTS: Final = """
GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {app};
"""
ONLY_GROWS: Final = """
REVOKE ALL ON TABLE {table} FROM {app};
GRANT SELECT, INSERT ON TABLE {table} TO {app};
"""
ONLY_READ: Final = """
REVOKE ALL ON TABLE {table} FROM {app};
GRANT SELECT ON TABLE {table} TO {app};
"""
# An act that begins inside another adds to its context: PostgreSQL asks for the right
# to update, and a trigger (migration 0002) lets it happen in one transaction only.
CONTEXT: Final = ONLY_GROWS + (
    "GRANT UPDATE (metadata, updated_at) ON TABLE {table} TO {app};"
)
MIGRATIONS_TABLE: Final = "django_migrations"


def connect() -> None:
    """Give the rights after each ``migrate``, once, when every app has migrated."""
    post_migrate.connect(
        grant_after_migrate,
        sender=apps.get_app_config("core"),
        dispatch_uid="core.roles",
    )
    checks.register(check_roles, checks.Tags.database, deploy=True)


def grant_after_migrate(
    sender: AppConfig,  # noqa: ARG001
    using: str = DEFAULT_DB_ALIAS,
    **_: Any,
) -> None:
    """Give the plain role its rights; says so where there is only one role."""
    role: str = settings.DATABASE_APP_ROLE
    if not role_stands_apart(using, role):
        return
    with transaction.atomic(using), connections[using].cursor() as cursor:
        execute(cursor, DEFAULTS + GRANTS, app=role)
        for table in tables(append_only_models(), using):
            execute(cursor, ONLY_GROWS, app=role, table=table)
        for table in tables([Context], using):
            execute(cursor, CONTEXT, app=role, table=table)
        execute(cursor, ONLY_READ, app=role, table=MIGRATIONS_TABLE)


def default_privileges(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make all that the owner creates from now on usable by the plain role."""
    role: str = settings.DATABASE_APP_ROLE
    if role_stands_apart(using, role):
        with connections[using].cursor() as cursor:
            execute(cursor, DEFAULTS, app=role)


def append_only_models() -> list[type[models.Model]]:
    """The models whose rows are never changed: history events, and who says so."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed  # noqa: SLF001  (Django's documented name)
        and not model._meta.proxy  # noqa: SLF001
        and (issubclass(model, Event) or getattr(model, "append_only", False))
    ]


def tables(given: Iterable[type[models.Model]], using: str) -> list[str]:
    """The tables of these models that are there; some migrations make them later."""
    there = set(connections[using].introspection.table_names())
    return sorted({model._meta.db_table for model in given} & there)  # noqa: SLF001


def role_stands_apart(using: str, role: str) -> bool:
    """Whether ``role`` exists and is another than the one that migrates."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, EXISTS(SELECT FROM pg_roles WHERE rolname = %s)",
            [role],
        )
        current, exists = cursor.fetchone()
    if current == role:
        log.warning(
            "Migrating as %s, the role of web and worker: history can be rewritten. "
            "Give the owner a role of its own in DATABASE_OWNER_URL.",
            role,
        )
    elif not exists:
        log.warning("There is no database role %s to give any rights to.", role)
    return bool(exists) and current != role


def execute(cursor: CursorWrapper, statements: str, **names: str) -> None:
    """Run statements in which ``{app}`` and ``{table}`` are names, quoted."""
    quoted = {key: sql.Identifier(name) for key, name in names.items()}
    cursor.execute(sql.SQL(statements).format(**quoted))


def role_problems(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """What is wrong with the role we are connected as; one query.

    Returns:
        Pairs of a code, ``superuser`` or ``owner``, and a sentence; none for a plain
        role.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT rolname, rolsuper OR rolbypassrls,
                   EXISTS(SELECT FROM pg_tables
                          WHERE schemaname = 'public' AND tableowner = rolname)
            FROM pg_roles WHERE rolname = current_user
            """
        )
        name, is_superuser, owns_tables = cursor.fetchone()
    problems = []
    if is_superuser:
        sentence = f"The database role {name} is a superuser; web and worker need none."
        problems.append(("superuser", sentence))
    if owns_tables:
        sentence = f"The database role {name} owns the tables and can rewrite history."
        problems.append(("owner", sentence))
    return problems


def refuse_superuser(using: str = DEFAULT_DB_ALIAS) -> None:
    """Stop a web or worker process that would run with more power than it needs.

    Raises:
        ImproperlyConfigured: the role is a superuser. An owner is only warned about.
    """
    for code, sentence in role_problems(connections[using]):
        if code == "superuser":
            raise ImproperlyConfigured(sentence)
        log.warning(sentence)


def check_roles(
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[checks.CheckMessage]:
    """``check --deploy --database default`` tells of a role with too much power."""
    found: list[checks.CheckMessage] = []
    for using in databases or ():
        for code, sentence in role_problems(connections[using]):
            kind = checks.Error if code == "superuser" else checks.Warning
            found.append(kind(sentence, id=f"core.role_{code}"))
    return found
