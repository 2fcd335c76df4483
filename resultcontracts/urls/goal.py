"""Addresses of a goal, of one figure, and of a note."""

from __future__ import annotations

from django.urls import path

from resultcontracts.views import goal, notes

_GOAL = "resultatkontrakt/<slug:contract>/maal/<int:number>/"

urlpatterns = [
    path(_GOAL, goal.goal, name="goal"),
    path(f"{_GOAL}note/", notes.goal_note, name="goal-note"),
    path("resultatkontrakt/<slug:contract>/tal/<int:pk>/", goal.figure, name="figure"),
]
