from __future__ import annotations

from django.urls import include, path

from kkr import home
from kkr.health import healthz

handler400 = "kkr.errors.bad_request"
handler403 = "kkr.errors.forbidden"
handler404 = "kkr.errors.not_found"
handler500 = "kkr.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("moeder/", include("meetings.urls")),
    path("", include("proposals.urls")),
]
