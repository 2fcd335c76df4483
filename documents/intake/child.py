"""What runs in the child process: reads the file, cleans it, and says what it found."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from pikepdf import (
    ObjectStreamMode,
    PasswordError,
    Pdf,
    PikepdfError,
    StreamDecodeLevel,
)
from pikepdf.settings import set_qpdf_limits

from documents.intake.clean import clean
from documents.intake.facts import read_facts
from documents.intake.kept import KnownFile, embedded, holds_only_data, put_back
from documents.intake.lastlook import look_again, refuse_incomplete
from documents.intake.private import claims_ua, write_metadata
from documents.intake.repair import repair_tagged
from documents.intake.revisions import count_revisions
from documents.intake.sandbox import confine, leave_files
from documents.intake.scan import RefusedError, refuse_the_impossible
from documents.intake.tags import read_tree
from documents.intake.verdict import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# A file with more complaints than this is not repaired but refused.
MAX_WARNINGS = 20_000


def main() -> None:
    """Judge standard input, write the clean copy, print the answer as JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    told = json.loads(sys.argv[2])
    known = {sha256: KnownFile(**own) for sha256, own in told.items()}
    with os.fdopen(int(sys.argv[3]), "r+b") as out:
        confine(limits)
        leave_files()
        answer = answer_for(sys.stdin.buffer, out, limits, known)
    sys.stdout.write(json.dumps(answer))


def answer_for(
    source: BinaryIO,
    out: BinaryIO,
    limits: Limits,
    known: Mapping[str, KnownFile] | None = None,
) -> dict[str, Any]:
    """``{"refused": code}``, or ``{"facts": …, "inside": SHA-256 of files inside}``.

    Args:
        known: of the files that lie inside, those that are our own data, by SHA-256.
    """
    try:
        return _judge(source, out, limits, known or {})
    except RefusedError as refusal:
        return {"refused": refusal.code}
    except PasswordError:
        return {"refused": "password"}
    except (MemoryError, RecursionError):
        return {"refused": "too_heavy"}
    except (PikepdfError, ValueError, TypeError, KeyError) as error:
        return {"refused": _meaning(str(error))}


def _meaning(message: str) -> str:
    """The refusal that an error of the PDF library amounts to."""
    if "no pages found" in message:
        return "no_pages"
    # A certificate, or a cipher the library does not know: nobody here can open it.
    if "encryption" in message or "security handler" in message:
        return "password"
    return "too_heavy" if "limit exceeded" in message else "damaged"


def _judge(
    source: BinaryIO, out: BinaryIO, limits: Limits, known: Mapping[str, KnownFile]
) -> dict[str, Any]:
    bound_qpdf(limits)
    revisions = count_revisions(source)
    with Pdf.open(source) as pdf:
        refuse_the_impossible(pdf, limits)
        warnings = pdf.get_warnings()
        refuse_incomplete(pdf, warnings)
        is_claimed = claims_ua(pdf)
        inside = embedded(pdf)
        quiet = {"embedded"} if holds_only_data(pdf, inside, known) else set()
        notes = (clean(pdf) - quiet) | ({"revisions"} if revisions else set())
        tree = read_tree(pdf)
        if tree:
            repair_tagged(pdf, tree)
        facts = read_facts(pdf, tree, limits)
        write_metadata(pdf, facts, is_claimed=is_claimed)
        put_back(pdf, inside, known)
        if warnings or pdf.get_warnings():
            notes.add("repaired")
        save(pdf, out)
    look_again(out, facts.page_count, known)
    removed = tuple(sorted(notes.union(facts.removed)))
    return {
        "facts": replace(facts, removed=removed).to_json(),
        "inside": sorted(filter(None, inside)),
    }


def bound_qpdf(limits: Limits) -> None:
    """Bind the PDF library of this process: no stream may unfold beyond the limit."""
    most = limits.max_stream_bytes
    set_qpdf_limits(
        doc_max_warnings=MAX_WARNINGS,
        flate_max_memory=most,
        png_max_memory=most,
        run_length_max_memory=most,
        tiff_max_memory=most,
        dct_max_memory=most,
    )


def save(pdf: Pdf, out: BinaryIO | Path) -> None:
    """Write ``pdf`` without protection, its streams untouched; same file, same bytes."""
    pdf.save(
        out,
        encryption=False,
        deterministic_id=True,
        fix_metadata_version=False,  # would parse foreign XML
        compress_streams=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.preserve,
    )
