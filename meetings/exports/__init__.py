"""What leaves the portal in one go: tables as data, bilag chosen together, everything."""
