"""Forms of result contracts."""
