"""A document survives its JSON, and its hash is its own."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import codec, tree

texts = st.text(max_size=20)
keys = st.from_regex(r"[a-z]{1,8}(:[a-z0-9-]{1,8})?", fullmatch=True)
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3)
values = st.builds(
    tree.Value,
    key=keys,
    printed=texts,
    low=numbers,
    high=numbers,
    unit=texts,
    qualifier=texts,
    source=st.none() | st.builds(tree.Source, name=texts, url=texts),
    missing=st.none() | st.sampled_from(tree.Missing),
)
inlines = st.one_of(
    st.builds(tree.Words, text=texts, strong=st.booleans()),
    values,
    st.builds(tree.Reference, to=keys, text=texts),
    st.builds(tree.PageOf, of=keys, page=texts),
)
lines = st.lists(st.lists(inlines, max_size=3).map(tuple), max_size=3).map(tuple)
points = st.builds(
    tree.Points,
    key=keys,
    label=texts,
    items=st.lists(st.builds(tree.Point, key=keys, text=texts), max_size=3).map(tuple),
    start=st.integers(1, 9),
    after=texts,
)
blocks = st.one_of(
    st.builds(tree.RichText, key=keys, label=texts, html=texts),
    st.builds(tree.Paragraph, key=keys, label=texts, lines=lines),
    points,
)
sections = st.recursive(
    st.builds(
        tree.Section,
        key=keys,
        title=texts,
        blocks=st.lists(blocks, max_size=3).map(tuple),
    ),
    lambda inner: st.builds(
        tree.Section,
        key=keys,
        title=texts,
        sections=st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=5,
)
documents = st.builds(
    tree.Document,
    key=keys,
    title=texts,
    sections=st.lists(sections, max_size=3).map(tuple),
)


@given(documents)
def test_a_document_is_equal_to_what_its_json_gives_back(value: tree.Document) -> None:
    assert codec.loads(codec.dumps(value)) == value


@given(documents, documents)
def test_two_documents_have_the_same_digest_only_if_they_are_equal(
    one: tree.Document, other: tree.Document
) -> None:
    assert (codec.digest(one) == codec.digest(other)) == (one == other)


@given(documents)
def test_the_text_is_sorted_json_and_the_same_when_blocks_are_written_once(
    value: tree.Document,
) -> None:
    said = json.loads(codec.dumps(value))
    text = json.dumps(
        {"schema": 1, "root": codec.to_plain(value)},
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip

    assert codec.dumps(value) == text
    assert said["root"]["type"] == "Document"
    with codec.keeping():
        assert codec.dumps(value) == codec.dumps(value) == text


def test_a_missing_figure_and_zero_are_told_apart() -> None:
    zero = tree.Value("v", "0", Decimal(0), Decimal(0))
    missing = tree.Value("v", missing=tree.Missing.NOT_GIVEN)

    assert codec.digest(zero) != codec.digest(missing)
    assert missing.text == "ikke oplyst"


def test_an_unknown_node_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown node type 'Table9'"):
        codec.loads('{"schema":1,"root":{"type":"Table9"}}')


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema 999 is not"):
        codec.loads('{"schema":999,"root":{"type":"Words","text":"x","strong":false}}')
