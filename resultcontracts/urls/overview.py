"""Addresses of the contracts and of where their goals stand."""

from __future__ import annotations

from django.urls import path

from resultcontracts.views import overview

urlpatterns = [
    path("resultatkontrakt/", overview.contracts, name="contracts"),
    path("resultatkontrakt/<slug:contract>/", overview.contract_page, name="contract"),
    path("resultatkontrakt/<slug:contract>/tal.csv", overview.figures, name="figures"),
]
