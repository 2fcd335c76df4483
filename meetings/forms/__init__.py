"""What is typed of meetings, items, appendices and people."""
