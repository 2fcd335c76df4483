"""Writing result contracts."""
