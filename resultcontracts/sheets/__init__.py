"""Contracts as tables that travel. Each module is one table."""
