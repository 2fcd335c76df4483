"""All texts of a council's catalogues in which a reference may stand, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from proposals.choices import PointKind
from proposals.references import BEGINS, CATALOGUE_WORDS, Name, Names, tokens_in
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from proposals.models import Record

TABLES: Final = {
    "proposal": "proposals_proposal",
    "unit": "proposals_cooperationunit",
}
# Field → what it is called; the first are of proposals, the others of units.
FIELDS: Final = {
    "proposal": {"idea": "ideen"},
    "unit": {
        "summary": "beskrivelsen",
        "scope_text": "omfanget",
        "criterion": "kriteriet",
        "moves_from": "”Flyttes fra”",
        "stays": "”Bliver i kommunen”",
        "tasks_intro": "opgavernes indledning",
    },
}
_OF_RECORD: Final = """
SELECT c.council_id, '{owner}' AS owner, r.id AS record, r.key, r.number, r.title,
       '{field}' AS field, 0::bigint AS part, '' AS kind, 0 AS position, r.{field} AS text
FROM {table} r JOIN proposals_catalogue c ON c.id = r.catalogue_id
WHERE r.number IS NOT NULL"""
_OF_PART: Final = """
SELECT c.council_id, '{owner}', r.id, r.key, r.number, r.title,
       '{field}', p.id, {kind}, p.position, {text}
FROM {table} r JOIN proposals_catalogue c ON c.id = r.catalogue_id
JOIN {parts} p ON p.{owner}_id = r.id
WHERE r.number IS NOT NULL AND p.position IS NOT NULL"""
_STEMS: Final = """
SELECT c.council_id, 'unit', 0::bigint, s.key, NULL, s.name, 'stem', s.id, '', 0, s.stem
FROM proposals_sharedpoint s JOIN proposals_catalogue c ON c.id = s.catalogue_id"""
_DEPENDENCIES: Final = """
SELECT c.council_id, 'unit', r.id, r.key, r.number, r.title, 'dependency', p.id, '', 0,
       p.text
FROM proposals_cooperationunit r JOIN proposals_catalogue c ON c.id = r.catalogue_id
JOIN proposals_dependency p ON p.unit_id = r.id
WHERE r.number IS NOT NULL"""


def _all() -> str:
    found = [
        _OF_RECORD.format(owner=owner, table=TABLES[owner], field=field)
        for owner, fields in FIELDS.items()
        for field in fields
    ]
    for owner, table in TABLES.items():
        own = {"owner": owner, "table": table}
        found += [
            _OF_PART.format(
                **own, field="point", parts="proposals_point", kind="p.kind",
                text="p.text",
            ),
            _OF_PART.format(
                **own, field="figure", parts="proposals_figure", kind="''",
                text="p.what",
            ),
        ]  # fmt: skip
    wording = _OF_PART.format(
        owner="proposal", table=TABLES["proposal"], field="wording",
        parts="proposals_crossreference", kind="''", text="p.wording",
    )  # fmt: skip
    return " UNION ALL ".join((*found, wording, _DEPENDENCIES, _STEMS))


TEXTS: Final = f"({_all()})"
NAMES: Final = """(
SELECT c.council_id, 'proposal' AS owner, n.key, n.number, n.title,
       n.removed_number AS last, '{{forenkling:' || n.key || '}}' AS token
FROM proposals_proposal n JOIN proposals_catalogue c ON c.id = n.catalogue_id
UNION ALL
SELECT c.council_id, 'unit', n.key, n.number, n.title, n.removed_number,
       '{{samdrift:' || n.key || '}}'
FROM proposals_cooperationunit n JOIN proposals_catalogue c ON c.id = n.catalogue_id)"""


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a catalogue, and where it stands.

    Attributes:
        record: id of its proposal or unit; 0: it is what units share, called ``title``.
        field: of the record; or "point", "figure", "wording", "dependency", "stem", and
            then ``part`` is the id of that row.
        kind, position: of a point.
    """

    owner: str
    record: int
    key: str
    number: int | None
    title: str
    field: str
    part: int
    kind: str
    position: int
    text: str

    @property
    def place(self) -> str:
        """Where in its record it stands: "gevinst 2"."""
        if self.field == "point":
            words = WORDS[PointKind(self.kind)]
            return f"{words.one} {self.position}" if words.is_counted else words.one
        named = {
            "figure": f"tal {self.position}",
            "wording": "henvisningens ordlyd",
            "dependency": "sammenhængens ordlyd",
            "stem": "fælles begyndelse",
        }
        return named.get(self.field) or FIELDS[self.owner][self.field]

    @property
    def where(self) -> str:
        """Give "forenkling 7, gevinst 2", or "”Tæt dialog”, fælles begyndelse"."""
        if self.number is None:
            return f"”{self.title}”, {self.place}"
        return f"{CATALOGUE_WORDS[self.owner]} {self.number}, {self.place}"

    @property
    def at(self) -> str:
        """What a form calls the place: "idea", "point-12"."""
        return f"{self.field}-{self.part}" if self.part else self.field

    @property
    def url(self) -> str:
        """Where it is read and put right."""
        if self.number is None:
            return f"/samdrift/faelles/{self.key}/"
        path = "forslag" if self.owner == "proposal" else "samdrift"
        anchor = {
            "point": f"point-{self.part}",
            "figure": f"figure-{self.part}",
            "wording": "links",
            "dependency": "links",
            "idea": "idea",
        }.get(self.field, "summary-heading")
        return f"/{path}/{self.number}/#{anchor}"


_COLUMNS: Final = "owner, record, key, number, title, field, part, kind, position, text"


def texts_with(council_pk: int, *needles: str) -> tuple[Said, ...]:
    """Give the council's texts that hold any of some words. One query.

    Args:
        needles: none gives no text.
    """
    if not needles:
        return ()
    sql = f"""SELECT {_COLUMNS} FROM {TEXTS} t
        WHERE council_id = %s AND EXISTS (
            SELECT 1 FROM unnest(%s::text[]) n WHERE strpos(t.text, n) > 0)
        ORDER BY owner, number NULLS LAST, field, position, part"""  # noqa: S608 -- constants
    with connection.cursor() as cursor:
        cursor.execute(sql, [council_pk, list(needles)])
        return tuple(Said(*row) for row in cursor.fetchall())


def names_of(council_pk: int) -> Names:
    """Give all records of a council that a text may refer to. One query."""
    return Names(_names("council_id = %s", [council_pk]))


def names_in(council_pk: int, texts: Iterable[str]) -> Names:
    """Give the records that some texts refer to: one query, none without references."""
    tokens = tokens_in(*texts)
    if not tokens:
        return Names()
    return Names(
        _names("council_id = %s AND token = ANY(%s)", [council_pk, list(tokens)])
    )


def names_for(
    council_pk: int, records: Iterable[Record], texts: Iterable[str]
) -> Names:
    """Give what some texts refer to, asking only for what is not read already.

    Args:
        records: those that are read.
    """
    names = Names(
        Name(row.owner, row.key, row.number, row.title, row.removed_number)
        for row in records
    )
    others = [each for each in tokens_in(*texts) if each not in names.by_token]
    names.add(names_in(council_pk, others).by_token.values())
    return names


def _names(where: str, params: list[Any]) -> tuple[Name, ...]:
    sql = f"SELECT owner, key, number, title, last FROM {NAMES} n WHERE {where}"  # noqa: S608 -- constants
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return tuple(Name(*row) for row in cursor.fetchall())


def told_names(model: type[Record]) -> RawSQL:
    """The records that a record's own texts and links name, to be annotated: ``Names``.

    Its shared points are among its texts, and so are the wordings of links to it.
    """
    table, owner = TABLES[model.owner], model.owner
    own = " || ' ' || ".join(f"{table}.{field}" for field in FIELDS[owner])
    links, text, end = (
        ("proposals_crossreference", "wording", "proposal_id")
        if owner == "proposal"
        else ("proposals_dependency", "text", "unit_id")
    )
    sql = f"""(SELECT coalesce(jsonb_agg(jsonb_build_object('owner', n.owner,
            'key', n.key, 'number', n.number, 'title', n.title, 'last', n.last)), '[]')
        FROM {NAMES} n WHERE n.council_id = (SELECT council_id FROM proposals_catalogue
            WHERE id = {table}.catalogue_id)
        AND n.token = ANY(SELECT m[1] FROM (
            SELECT {own} AS text
            UNION ALL SELECT text FROM proposals_point WHERE {owner}_id = {table}.id
            UNION ALL SELECT stem FROM proposals_sharedpoint s JOIN proposals_point p
                ON p.shared_id = s.id WHERE p.{owner}_id = {table}.id
            UNION ALL SELECT what FROM proposals_figure WHERE {owner}_id = {table}.id
            UNION ALL SELECT {text} FROM {links}
                WHERE {end} = {table}.id OR to_id = {table}.id
        ) said, regexp_matches(said.text, '\\{{\\{{[a-z]+:[a-z0-9-]+\\}}\\}}', 'g') m
        WHERE strpos(said.text, '{BEGINS}') > 0))"""  # noqa: S608 -- constants
    return RawSQL(sql, [], output_field=JSONField())  # noqa: S611 -- constants


def own_texts(model: type[Record]) -> RawSQL:
    """All texts that are printed of a record, to be annotated as a list."""
    table = TABLES[model.owner]
    sql = f"""(SELECT coalesce(jsonb_agg(t.text), '[]') FROM {TEXTS} t
        WHERE t.owner = '{model.owner}' AND t.record = {table}.id
        AND t.field <> 'wording' AND (strpos(t.text, '{BEGINS}') > 0 OR t.text ~ '[0-9]'))"""  # noqa: S608 -- constants
    return RawSQL(sql, [], output_field=JSONField())  # noqa: S611 -- constants


def mentions(model: type[Record]) -> RawSQL:
    """The texts of other records that refer to a record, to be annotated: ``Said``."""
    table, word = TABLES[model.owner], CATALOGUE_WORDS[model.owner]
    sql = f"""(SELECT coalesce(jsonb_agg(jsonb_build_array({_COLUMNS})
            ORDER BY owner, number NULLS LAST, field, position, part), '[]')
        FROM {TEXTS} t WHERE t.council_id = (SELECT council_id FROM proposals_catalogue
            WHERE id = {table}.catalogue_id)
        AND t.field NOT IN ('wording', 'dependency')
        AND NOT (t.owner = '{model.owner}' AND t.record = {table}.id)
        AND strpos(t.text, '{BEGINS}{word}:' || {table}.key || '}}}}') > 0)"""  # noqa: S608 -- constants
    return RawSQL(sql, [], output_field=JSONField())  # noqa: S611 -- constants


def former(model: type[Record]) -> RawSQL:
    """What a record has been called, the latest first, to be annotated.

    One row for each time that its number or a title of it was changed: what was changed
    as it was before (else NULL and ""), and when and by whom.
    """
    short = "e.short_title" if model.owner == "proposal" else "''::text"
    sql = f"""(SELECT coalesce(jsonb_agg(jsonb_build_object(
            'number', CASE WHEN number IS DISTINCT FROM new_number THEN number END,
            'title', CASE WHEN title <> new_title THEN title ELSE '' END,
            'short_title', CASE WHEN short <> new_short THEN short ELSE '' END,
            'at', at, 'who', who) ORDER BY id DESC), '[]')
        FROM (SELECT e.pgh_id AS id, x.metadata->>'at' AS at, x.metadata->>'who' AS who,
                lag(e.number) OVER w AS number, lag(e.title) OVER w AS title,
                lag({short}) OVER w AS short, lag(e.pgh_id) OVER w AS was,
                e.number AS new_number, e.title AS new_title, {short} AS new_short
            FROM {TABLES[model.owner]}event e
            LEFT JOIN pghistory_context x ON x.id = e.pgh_context_id
            WHERE e.pgh_obj_id = {TABLES[model.owner]}.id
            WINDOW w AS (ORDER BY e.pgh_id)) h
        WHERE was IS NOT NULL AND (number, title, short)
            IS DISTINCT FROM (new_number, new_title, new_short))"""  # noqa: S608 -- constants
    return RawSQL(sql, [], output_field=JSONField())  # noqa: S611 -- constants
