"""What the portal knows of one municipality: ``meetings`` owns the page, apps add to it.

Source: docs/rules.md R-150.
"""
