"""Readings across models, one for each page."""
