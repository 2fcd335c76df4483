"""What a report says against itself, its contract and its own numbers. Pure.

A report's prose is kept as claims: what stands where, about which measure or goal. Rules
hold the claims against the numbers and against each other. Nothing is put right: both
sides stand, with what the portal reckons. Source: docs/rules.md R-119, R-120.
"""
