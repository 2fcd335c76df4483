"""What is asked of JSON in the database: whether a path leads to something."""

from __future__ import annotations

from django.db.models import BooleanField, Func


class PathExists(Func):
    """Whether a JSON value has what a path asks for; its words are the second value.

    The path is each subclass's ``arg_joiner``: a part of the query, never a value.
    """

    function = "jsonb_path_exists"
    output_field = BooleanField()
