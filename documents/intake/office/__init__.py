"""Word files from outside: judged and read in a child process, which has no network.

``read_word`` is the door. Of the file are taken its texts, lists, tables and pictures;
what is left behind is told in Danish. The original stays byte for byte.
"""

from __future__ import annotations

from documents.intake.office.door import (
    RefusedWord,
    WordPart,
    WordText,
    looks_like_word,
    read_word,
)

__all__ = ["RefusedWord", "WordPart", "WordText", "looks_like_word", "read_word"]
