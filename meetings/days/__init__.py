"""Deadlines, days off and calendars."""
