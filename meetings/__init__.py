"""Meetings, their agendas, appendices and packets."""
