"""Addresses of decisions and what is to be done, which belong to no single meeting."""

from __future__ import annotations

from django.urls import path

from meetings.views import follow_ups, ledger

app_name = "decisions"

urlpatterns = [
    path("beslutninger/", ledger.ledger, name="ledger"),
    path("opfoelgning/", follow_ups.tasks, name="tasks"),
    path("opfoelgning/<int:pk>/", follow_ups.task, name="task"),
    path("opfoelgning/<int:pk>/tilstand/", follow_ups.task_state, name="task-state"),
    path(
        "opfoelgning/<int:pk>/fjernelse/", follow_ups.task_removal, name="task-removal"
    ),
]
