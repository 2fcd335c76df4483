"""The packet: what it holds, whether it is up to date, and its making."""
