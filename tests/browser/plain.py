"""With scripts and without: how a test is run as both.

Without scripts a form is sent as any other, and its answer is a whole page: what a file's
other tests show of that holds for all its forms. Each file keeps such tests in every run,
where something is refused or a file is sent; the drill has all the others.
"""

from __future__ import annotations

from typing import Final

import pytest

IDS: Final = ["js", "no-js"]
WITH_AND_WITHOUT: Final = pytest.mark.parametrize("javascript", [True, False], ids=IDS)
WITH: Final = pytest.mark.parametrize(
    "javascript", [True, pytest.param(False, marks=pytest.mark.drill)], ids=IDS
)
