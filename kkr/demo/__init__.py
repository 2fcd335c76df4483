"""Data to try the portal on: real figures, with invented ones marked as such."""
