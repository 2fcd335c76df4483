"""The lists of proposals and of units: searched, narrowed, ordered, paged, and acted on.

* ``facets``: by what each list can be narrowed and ordered; one entry a way;
* ``asked``: what an address asks for, and the addresses of the links;
* ``narrowing``: which rows remain, and how many would;
* ``searched``: the words of a search as the database is asked about them;
* ``page``: all of it together, as the template shows it;
"""
