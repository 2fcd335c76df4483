"""Where a measure and a goal stand on a day, and the sentence that says so. Pure.

Rows of the database are turned into these values once; dashboard, PDF, mail and CSV read
the same answer. Source: docs/rules.md R-113 to R-118.
"""
