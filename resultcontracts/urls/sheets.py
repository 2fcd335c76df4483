"""Addresses of a contract's spreadsheets."""

from __future__ import annotations

from django.urls import path

from resultcontracts.views import sheets

_OWN = "resultatkontrakt/<slug:contract>/regneark/"
urlpatterns = [
    path(_OWN, sheets.sheets, name="sheets"),
    path(f"{_OWN}hent/", sheets.sheet_file, name="sheet-file"),
    path(f"{_OWN}<int:pk>/", sheets.sheet, name="sheet"),
    path(f"{_OWN}<int:pk>/rest/", sheets.sheet_rest, name="sheet-rest"),
    path(f"{_OWN}<int:pk>/fortryd/", sheets.sheet_undo, name="sheet-undo"),
]
