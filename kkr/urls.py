from __future__ import annotations

from django.urls import include, path

from kkr import home, limits
from kkr.health import healthz
from kkr.search import views as search
from meetings.views import municipality, notes, open_data, statement

handler400 = "kkr.errors.bad_request"
handler403 = "kkr.errors.forbidden"
handler404 = "kkr.errors.not_found"
handler429 = "kkr.errors.too_many"
handler500 = "kkr.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("soeg/", search.search, name="search"),
    path("soeg/uden-tekst/", search.without_text, name="search-without-text"),
    path("tilgaengelighed/", statement.statement, name="accessibility"),
    path("aabne-data/", open_data.open_data, name="open-data"),
    path("graenser/", limits.limits_page, name="limits"),
    path("was/", statement.was, name="was"),
    path("noter/", notes.own_notes, name="notes"),
    path("min-kommune/", municipality.own_municipality, name="own-municipality"),
    path("kommuner/<slug:place>/", municipality.municipality, name="municipality"),
    path(
        "kommuner/<slug:place>.pdf",
        municipality.municipality_file,
        name="municipality-file",
    ),
    path("kladder/", include("core.drafts.urls")),
    path("", include("accounts.urls")),
    path("moeder/", include("meetings.urls")),
    path("spoergsmaal/", include("questions.urls")),
    path("", include("meetings.decision_urls")),
    path("", include("proposals.urls")),
    path("", include("resultcontracts.urls")),
]
