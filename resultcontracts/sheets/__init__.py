"""A contract as tables that travel: its sheets and columns, and what cells mean. Reads only.

``kinds`` declares the sheets, ``loading`` gives the rows as they stand, ``values`` turns
cells into what the services take; ``core.sheets.back`` holds a file against them.
``figures`` is the table of where all measures stand.
"""
