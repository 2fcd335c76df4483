"""Receipts: what was sent, told by checksums, and whether a file is what was sent."""
