"""The project package: settings, URLs, the embedded database. Wiring only."""
