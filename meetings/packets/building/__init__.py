"""Building a packet: read → plan → make → lay out → join → store."""
