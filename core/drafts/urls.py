from __future__ import annotations

from django.urls import path

from core.drafts import views

app_name = "drafts"

urlpatterns = [
    path("", views.draft_list, name="list"),
    path("gem/", views.draft_save, name="save"),
    path("<uuid:pk>/", views.draft_text, name="text"),
    path("<uuid:pk>/kassering/", views.draft_discard, name="discard"),
]
