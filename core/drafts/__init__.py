"""Drafts: what one types is kept for oneself alone, until it is saved.

A form says that it keeps drafts with :func:`core.drafts.offering.offer`, and its template
with ``components/draft.html``. The rest follows from the signed ticket in the form:
:mod:`core.drafts.keeping` writes and closes drafts, the middleware keeps what was refused.
"""
