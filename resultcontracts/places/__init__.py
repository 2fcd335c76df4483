"""What result contracts tell of one municipality, as sections of its page.

Source: docs/rules.md R-151.
"""
