"""Pages of result contracts."""
