"""Addresses of what does not agree, of claims, and of a report's words."""

from __future__ import annotations

from django.urls import path

from resultcontracts.views import claims, contradictions, prints, reports

_OWN = "resultatkontrakt/<slug:contract>/"
_FOUND = f"{_OWN}modsigelser/"
_CLAIMS = f"{_FOUND}paastande/"

urlpatterns = [
    path(_FOUND, contradictions.contradictions, name="contradictions"),
    path(_CLAIMS, claims.claims, name="claims"),
    path(f"{_CLAIMS}ny/", claims.claim_new, name="claim-new"),
    path(f"{_CLAIMS}<slug:key>/", claims.claim, name="claim"),
    path(f"{_CLAIMS}<slug:key>/slet/", claims.claim_removal, name="claim-removal"),
    path(
        f"{_FOUND}<slug:finding>/", contradictions.contradiction, name="contradiction"
    ),
    path(f"{_OWN}udskriv/", prints.choose, name="print"),
    path(f"{_OWN}udskriv.pdf", prints.print_file, name="print-file"),
    path(f"{_OWN}udskriv.csv", prints.table_file, name="print-table"),
    path(f"{_OWN}udskriv.json", prints.data_file, name="print-data"),
    path(f"{_OWN}maal/<int:goal>/rapport/", reports.report, name="goal-report"),
]
