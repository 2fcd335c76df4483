"""A catalogue as spreadsheets: which sheets and columns, what a file would change. Reads only.

``kinds`` declares the sheets, ``loading`` gives their lines as they stand, ``preview``
holds a file against them. Writing is ``proposals.services.sheets``.
"""
