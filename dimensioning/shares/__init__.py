"""The arithmetic of shares: exact, deterministic, without a database. Pure."""
