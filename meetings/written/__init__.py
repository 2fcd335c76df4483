"""Appendices written in the portal: their blocks as a Document."""
