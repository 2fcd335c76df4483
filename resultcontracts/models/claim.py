"""What slides, memos and reports say, and what is answered where it does not hold."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from core.models import Versioned
from resultcontracts.choices import Status
from resultcontracts.models.contract import Contract
from resultcontracts.models.measure import DIGITS, PLACES


@pghistory.track()
class Claim(Versioned):
    """One thing that a text says, word for word, and what it says of which measure.

    ``about`` and ``but`` are labels of measures and numbers of goals; ``about`` empty:
    all goals. ``parts`` maps what a number is made of to numbers in print.

    Source: docs/rules.md R-119.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="claims"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    place = models.CharField("hvor det står", max_length=120)
    quote = models.CharField("ordene", max_length=600)
    about: Any = models.JSONField("handler om", default=list, blank=True)
    but: Any = models.JSONField("undtagen", default=list, blank=True)
    subject = models.CharField("om", max_length=80, blank=True)
    verdict = models.CharField("siger", max_length=11, choices=Status, blank=True)
    unit = models.CharField("enhed", max_length=60, blank=True)
    printed = models.CharField("trykt som", max_length=30, blank=True)
    low = models.DecimalField(
        "tal", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    high = models.DecimalField(
        "til", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    target = models.DecimalField(
        "måltal", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    change = models.DecimalField(
        "ændring", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    parts: Any = models.JSONField("delene", default=dict, blank=True)
    day = models.DateField("dag", null=True, blank=True)

    class Meta:
        ordering = ("contract_id", "pk")
        verbose_name = "påstand"
        constraints = (
            models.UniqueConstraint(
                name="claim_key_unique", fields=("contract", "key")
            ),
            models.CheckConstraint(name="claim_has_words", condition=~Q(quote="")),
        )

    def __str__(self) -> str:
        return self.quote


@pghistory.track()
class ContradictionAnswer(Versioned):
    """What is answered to a finding, under its key; printed below both sides.

    ``sides`` is what they said when it was answered: where one reads otherwise since, the
    answer says so. Rejected: it is no contradiction, with a reason; it can be undone.

    Source: docs/rules.md R-120.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="answers"
    )
    finding = models.CharField("modsigelse", max_length=200)
    text = models.CharField("svar", max_length=400, blank=True)
    is_rejected = models.BooleanField("er ikke en modsigelse", default=False)
    sides: Any = models.JSONField("siderne, da der blev svaret", default=list)

    class Meta:
        ordering = ("contract_id", "finding")
        verbose_name = "svar på en modsigelse"
        constraints = (
            models.UniqueConstraint(
                name="contradictionanswer_unique", fields=("contract", "finding")
            ),
            models.CheckConstraint(
                name="contradictionanswer_rejected_for_a_reason",
                condition=Q(is_rejected=False) | ~Q(text=""),
                violation_error_message="Skriv, hvorfor det ikke er en modsigelse.",
            ),
        )

    def __str__(self) -> str:
        return self.finding
