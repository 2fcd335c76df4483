"""The arithmetic in Danish, the same on page, paper and in a sheet. Pure."""
