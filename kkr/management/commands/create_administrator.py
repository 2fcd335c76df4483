"""``manage.py create_administrator EMAIL``: an installation's first real account."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.choices import Role
from accounts.models import Council, Membership, User
from core.history import act

if TYPE_CHECKING:
    from argparse import ArgumentParser


class _CommandLine:
    """Who makes the account, as the history shows it."""

    pk = None

    def __str__(self) -> str:
        return "Kommandolinjen"


class Command(BaseCommand):
    """Makes an administrator of one council; asks for the password twice."""

    help = "Makes an administrator. Asks for the password, or reads it from a pipe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Administrator")
        parser.add_argument(
            "--council", default="sjaelland", help="its short name, e.g. hovedstaden"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        email = known_good_email(options["email"])
        council = Council.objects.filter(slug=options["council"]).first()
        if council is None:
            known = ", ".join(Council.objects.values_list("slug", flat=True))
            message = f"No council {options['council']!r}; known: {known or 'none'}."
            raise CommandError(f"{message} First: manage.py load_register")
        password = asked_password(User(email=email, name=options["name"]))
        with act("oprettede administratoren", _CommandLine()):
            user = User.objects.create_user(email, password, name=options["name"])
            Membership.objects.create(
                user=user, council=council, role=Role.ADMINISTRATOR
            )
        self.stdout.write(f"{email} administers {council}.")


def known_good_email(given: str) -> str:
    """The address as it is stored.

    Raises:
        CommandError: it is none, or somebody has it.
    """
    email = User.objects.normalize_email(given).casefold()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    if User.objects.filter(email=email).exists():
        message = f"{email} has an account already."
        raise CommandError(message)
    return email


def asked_password(user: User) -> str:
    """A password that the portal's own rules accept.

    Raises:
        CommandError: the rules refuse it, or the two differ.
    """
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Once more: "):
            message = "The two differ. No account was made."
            raise CommandError(message)
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
