"""Result contracts as sources of documents: what goes into a meeting's packet.

Source: docs/rules.md R-139.
"""
