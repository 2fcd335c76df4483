"""Charts: shapes and texts, the same each time, and no address is asked for (S16)."""

from __future__ import annotations

import re
import socket
from decimal import Decimal
from typing import Any

import pytest

from documents.charts import Bar, ChartError, bars, draw

ROWS = (
    Bar("Lærer", "297 pladser", Decimal(297), Decimal(297)),
    Bar("Pædagog", "ikke målt"),
    Bar("Sygeplejerske", "4-5 pladser", Decimal(4), Decimal(5)),
    Bar("Lærer", "3 pladser", Decimal(3), Decimal(3)),
)


def test_a_chart_is_shapes_and_texts_with_attributes_only() -> None:
    svg = bars(ROWS)

    assert set(re.findall(r"<(\w+)", svg)) == {"svg", "g", "path", "text"}
    assert not re.search(r"\sstyle=|\sid=|href|url\(|aria-|<script", svg)
    texts = [text.strip() for text in re.findall(r">([^<>]+)</text>", svg)]
    assert texts[:4] == ["Lærer", "Pædagog", "Sygeplejerske", "Lærer"]
    assert {"297 pladser", "ikke målt", "4-5 pladser"} <= set(texts)


def test_what_is_missing_has_no_bar() -> None:
    assert bars(ROWS).count('fill="#5c87a6"') == 3


def test_equal_rows_give_equal_bytes() -> None:
    first = bars(ROWS)
    bars.cache_clear()

    assert bars(ROWS) == first


@pytest.mark.parametrize("scheme", ["http://127.0.0.1:{}/x.json", "file:///etc/passwd"])
def test_a_spec_that_asks_for_an_address_stops_the_drawing(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        url = scheme.format(server.getsockname()[1])
        spec: dict[str, Any] = {"data": {"url": url}, "mark": "bar",
                                "encoding": {"x": {"field": "a"}}}  # fmt: skip

        with pytest.raises(ChartError):
            draw(spec)

        with pytest.raises(TimeoutError):
            server.accept()
