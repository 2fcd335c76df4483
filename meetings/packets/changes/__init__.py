"""What differs between two versions of a meeting: items, appendices, files, pages."""
