"""Search in Danish over all that a person may see.

An app tells of what can be found (:func:`register`), and of what has changed
(:func:`changed`); a job keeps the index. Everything else is in the modules:

* ``words``, ``compounds``, ``excerpts``, ``vectors``: pure;
* ``lexemes``, ``indexing``: how the index is made;
* ``question``, ``finding``, ``suggestions``: how it is asked.
"""

from core.search.entries import EVERYTHING, PUBLIC, Entry, Passage, changed, register

__all__ = ["EVERYTHING", "PUBLIC", "Entry", "Passage", "changed", "register"]
