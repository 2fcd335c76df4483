"""Charts of results: geometry from where measures stand, with table and sentence. Pure.

No row, no request and no clock: each function makes a picture of values that were worked
out elsewhere, and reckons no status. Source: docs/rules.md R-128, docs/adr/0035.
"""
