"""Many PDFs to one: trees grafted, pages stamped, bookmarks and page labels written."""
