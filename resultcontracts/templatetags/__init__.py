"""Filters of the templates of result contracts."""
