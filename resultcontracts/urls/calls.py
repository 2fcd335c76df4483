"""Addresses of calls for figures, of answering them, and of approving what came."""

from __future__ import annotations

from django.urls import path

from resultcontracts.views import (
    approvals,
    calls,
    calls_settings,
    house_questions,
    reporting,
    sending,
)

LINK = "indberet/<str:token>/"
OWN = "resultatkontrakt/<slug:contract>/"

urlpatterns = [
    path(LINK, reporting.report_link, name="report-link"),
    path(f"{LINK}fil/<int:pk>/", reporting.report_link_file, name="report-link-file"),
    path(
        f"{LINK}<slug:measure>/",
        reporting.report_link_measure,
        name="report-link-measure",
    ),
    path(
        f"{LINK}spoergsmaal/<int:pk>/",
        house_questions.report_link_question,
        name="report-link-question",
    ),
    path(
        f"{OWN}indberet/spoergsmaal/<int:pk>/",
        house_questions.own_question,
        name="report-question",
    ),
    path(
        f"{OWN}modsigelser/<slug:finding>/spoerg/",
        house_questions.ask_house,
        name="contradiction-ask",
    ),
    path(f"{OWN}indberet/", reporting.own_reports, name="reports"),
    path(f"{OWN}indberet/<slug:measure>/", reporting.own_report, name="report"),
    path(f"{OWN}dokumentation/<int:pk>/", sending.evidence_file, name="evidence-file"),
    path(f"{OWN}opkald/", calls.calls, name="calls"),
    path(f"{OWN}opkald/liste.csv", calls.calls_csv, name="calls-csv"),
    path(f"{OWN}opkald/send/", calls.send, name="calls-send"),
    path(f"{OWN}opkald/mind/", calls.remind, name="calls-remind"),
    path(f"{OWN}opkald/spoerg/<slug:measure>/", calls.ask, name="calls-ask"),
    path(f"{OWN}opkald/kontakt/", calls_settings.contact, name="calls-contact"),
    path(f"{OWN}opkald/frister/", calls_settings.rule, name="calls-rule"),
    path(f"{OWN}godkendelse/", approvals.approvals, name="approvals"),
    path(f"{OWN}godkendelse/<int:pk>/", approvals.approval, name="approval"),
]
