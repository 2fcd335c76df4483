"""The checks on documents."""
