"""The history of an item: its versions, and what happened to it between them."""
