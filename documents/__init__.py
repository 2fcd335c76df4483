"""Documents as values: the tree, its page, its PDF, and the packet that joins them.

Knows no user and no meeting; it could be published as a library of its own.
"""
