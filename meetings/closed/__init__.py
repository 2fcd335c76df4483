"""Closed items and appendices: who may read them, and the packet they lie in."""
