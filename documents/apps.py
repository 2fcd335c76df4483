"""The documents app."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents, their pieces and the foreign files beside them."""

    name = "documents"
    verbose_name = "Dokumenter"
