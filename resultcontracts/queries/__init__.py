"""Rows of result contracts, read into values. Each module says how many queries it asks."""
