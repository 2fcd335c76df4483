"""Everything that writes result contracts."""
