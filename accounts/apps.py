"""The accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and the councils they sit in."""

    name = "accounts"
    verbose_name = "Brugere"
