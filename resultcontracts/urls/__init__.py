"""Addresses of result contracts: one module a part, each with its ``urlpatterns``.

``contract`` in an address is the year of a contract, or its key where a year has several.
"""

from __future__ import annotations

from resultcontracts.urls import goal, overview, papers, records

app_name = "resultcontracts"
urlpatterns = [
    *records.urlpatterns,
    *papers.urlpatterns,
    *overview.urlpatterns,
    *goal.urlpatterns,
]
