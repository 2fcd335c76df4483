"""Titles for people: a file name is none, and one that is can be suggested."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TITLE = 200
_ENDINGS = (
    "pdf|docx?|docm|dotx?|odt|ott|rtf|txt|xlsx?|xlsm|csv|ods|pptx?|ppsx?|odp|msg|eml"
    "|indd|ai|psd|pub|vsdx?|html?|xml|tiff?|jpe?g|png|zip"
)
_ENDING = re.compile(rf"(?:\.(?:{_ENDINGS}))+$", re.IGNORECASE)
# What programs put before the name of the file they print.
_PROGRAM = re.compile(
    r"^(?:microsoft (?:office )?(?:word|excel|powerpoint|outlook)|adobe \w+|writer|calc"
    r"|impress)\s*[-–:]\s*",
    re.IGNORECASE,
)
# What programs and machines call a file that nobody has named.
_NAMELESS = re.compile(
    r"^(?:untitled|uden (?:navn|titel)|unavngivet|navnløs|noname|document|dokument|doc"
    r"|presentation|præsentation|powerpoint[- ]?(?:presentation|præsentation)|slide"
    r"|ark|book|mappe|workbook|worksheet|scan(?:ned)?|scanning|scanner|skm|img|image"
    r"|billede|foto|dsc|fax|print|udskrift|output|temp|tmp|test|new|ny|kopi|copy|fil|file"
    r"|skabelon|template|brevskabelon|layout)"
    r"[\s_.-]*(?:document|dokument|\d[\d\s_.-]*)?(?:\(\d+\))?$",
    re.IGNORECASE,
)
_STATUS = (
    r"endelige?|endeligt|final|finale?|udkast|draft|kladde|revideret|rev|rettet|rettelser"
    r"|opdateret|opd|ny(?:este)?|sidste|godkendt|kopi|copy|til[ _-]?web|web|print|tryk"
    r"|hi-?res|low-?res|a4|ver(?:sion)?[ ._-]?\d+(?:[._]\d+)*|v[ .]?\d+(?:[._]\d+)*"
)
_TAIL = re.compile(rf"(?:^|[\s_.,-]+)(?:{_STATUS}|\(\d+\))$", re.IGNORECASE)
_TAIL_OF_NAME = re.compile(
    rf"(?:[_-](?:{_STATUS})|[\s_-](?:v\d+|ver(?:sion)?\d+)|\s?\(\d+\))$", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"^(?:(?:bilag|punkt|pkt|sag|dok|dokument|nr|item)[\s_.-]*)?"
    r"\d+[a-z]?(?:[._-]\d+)*[a-z]?(?=$|[\s_.:,-])[\s_.:,-]*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^(?:(?:19|20)\d{2}[-_. ]?[01]\d[-_. ]?[0-3]\d|[0-3]?\d[-_.][01]?\d[-_.](?:19|20)?\d{2})"
    r"(?=$|[\s_.,-])[\s_.,-]*"
)
_JOURNAL = re.compile(r"^(?:[A-Z]{1,4}[-_]?)?\d{6,}(?=$|[\s_.,-])[\s_.,-]*")
_CAMEL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")
# A hyphen between words, and none between years.
_HYPHEN = re.compile(r"(?<!\d)-|-(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 3


def looks_like_a_file_name(title: str) -> bool:
    """Whether ``title`` is a file's name, or what a program calls a nameless file.

    "122567 brev.pdf", "Bilag_3_endelig_v2", "Microsoft Word - Dokument1"; but not
    "Budget 2024-2027" or "Bilag 3".
    """
    text = " ".join(title.split())
    return bool(
        _ENDING.search(text)
        or _PROGRAM.match(text)
        or _NAMELESS.match(text)
        or "_" in text
        or "%20" in text
        or _JOURNAL.match(text)
        or _TAIL_OF_NAME.search(text)
        or (text and not _LETTER.search(text))
    )


def suggest(name: str, facts: Mapping[str, Any]) -> str:
    """A title for the file called ``name``; "" where nothing speaks for one.

    Its own title, else the largest line of its first page, else its name without
    numbers, dates, versions and ending. Never a file name.

    Args:
        facts: what the intake found (``Facts`` as JSON); {} if nothing is known.
    """
    own = _printable(str(facts.get("title") or ""))
    for text in (own, _printable(str(facts.get("heading") or ""))):
        if _is_title(text):
            return text[:MAX_TITLE].rstrip()
    return _from_name(own) or _from_name(_printable(name))


def _printable(text: str) -> str:
    """``text`` on one line, without marks that turn it around or hide in it."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    shown = "".join(c for c in spaced if unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", shown).split())


def _is_title(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return letters >= _FEWEST_LETTERS and not looks_like_a_file_name(text)


def _from_name(name: str) -> str:
    """What a file's name says about its content, "" if it says nothing."""
    text = _PROGRAM.sub("", name.replace("%20", " ").strip())
    text = text.replace("\\", "/").rpartition("/")[2]
    text = _without_ends(_ENDING.sub("", text))
    if " " not in text:
        text = _CAMEL.sub(" ", text)
        if "_" not in text and " " not in text:
            text = _HYPHEN.sub(" ", text)
    text = _without_ends(" ".join(text.replace("_", " ").split()))
    text = text[:MAX_TITLE].rstrip()
    if not _is_title(text):
        return ""
    return text[0].upper() + text[1:]


def _without_ends(text: str) -> str:
    """``text`` without numbers and dates before it, and versions behind it."""
    before = None
    while before != text:
        before = text
        for head in (_DATE, _JOURNAL, _NUMBERED):
            text = head.sub("", text)
        text = _TAIL.sub("", _ENDING.sub("", text)).strip(" _-.,")
    return text
