"""Addresses of result contracts: one module a part, each with its ``urlpatterns``.

``contract`` in an address is the year of a contract, or its key where a year has several.
"""

from __future__ import annotations

from resultcontracts.urls import calls, goal, overview, papers, records, sheets

app_name = "resultcontracts"
urlpatterns = [
    *records.urlpatterns,
    *papers.urlpatterns,
    *sheets.urlpatterns,
    *calls.urlpatterns,
    *overview.urlpatterns,
    *goal.urlpatterns,
]
