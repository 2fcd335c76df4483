"""Spreadsheets that come back, held against what they said when they were fetched. Pure.

An app declares its ``kinds`` of sheets and gives a ``Subject`` with the rows as they
stand; ``preview`` tells what a file would change, ``files`` makes files of sheets.
"""
