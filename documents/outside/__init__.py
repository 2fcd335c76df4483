"""Pages from outside: set on their sheets with tags, links and bookmarks, never overprinted."""
