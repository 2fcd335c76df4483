"""A catalogue as spreadsheets: which sheets and columns, what a file would change. Reads only.

``kinds`` declares the sheets, ``loading`` gives their lines as they stand;
``core.sheets.back`` holds a file against them. Files are made by
``proposals.services.sheet_files``, rows written by ``proposals.services.sheets``.
"""
