"""The rows of the index. Made of other rows, and may be made anew at any time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class SearchEntry(models.Model):
    """One thing that can be found, for one audience (:class:`core.search.Entry`).

    ``lexemes`` holds the stems of its title (weight A), headings (B) and texts (D),
    ``title_lexemes`` those of the title alone;
    ``words`` the words as they are written, each once, for the list of words.
    ``fingerprint`` is of all it was made from: where both are equal, nothing is written.
    """

    kind = models.CharField(max_length=30)
    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=250)
    audience = models.CharField(max_length=80)
    council = models.CharField(max_length=60)
    within = models.CharField(max_length=120)
    subject = models.CharField(max_length=250)
    digest = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    is_sent = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=0)
    dated = models.DateField()
    year = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=400)
    title = models.CharField(max_length=400)
    link = models.CharField(max_length=500)
    place = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    remark = models.CharField(max_length=200)
    pages_without_text = models.PositiveIntegerField(default=0)
    words: ArrayField[list[str], list[str]] = ArrayField(models.TextField())
    lexemes = SearchVectorField()
    title_lexemes = SearchVectorField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                name="searchentry_key_unique", fields=("kind", "key")
            ),
        )
        indexes = (
            GinIndex(name="searchentry_lexemes", fields=["lexemes"]),
            models.Index(name="searchentry_scope", fields=["kind", "scope"]),
            models.Index(name="searchentry_subject", fields=["council", "subject"]),
            models.Index(
                name="searchentry_without_text",
                fields=["audience"],
                condition=Q(pages_without_text__gt=0),
            ),
        )

    def __str__(self) -> str:
        return self.title


class SearchPassage(models.Model):
    """One named text of an entry, in order; ``page`` 0 where it has none."""

    entry = models.ForeignKey(
        SearchEntry, on_delete=models.CASCADE, related_name="passages"
    )
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    text = models.TextField()
    page = models.PositiveIntegerField(default=0)
    lexemes = SearchVectorField()

    class Meta:
        ordering = ("entry", "position", "pk")

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word that stands in ``entries`` entries of one audience; in no other's list.

    ``stem`` is a key; ``grams`` the runs of three letters of the word's key.
    """

    audience = models.CharField(max_length=80)
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=120)
    grams: ArrayField[list[str], list[str]] = ArrayField(models.TextField())
    entries = models.IntegerField()

    class Meta:
        ordering = ("audience", "word", "pk")
        constraints = (
            models.UniqueConstraint(
                name="searchword_unique", fields=("audience", "word")
            ),
        )
        indexes = (
            GinIndex(name="searchword_grams", fields=["grams"]),
            models.Index(name="searchword_stem", fields=["stem"]),
        )

    def __str__(self) -> str:
        return self.word
