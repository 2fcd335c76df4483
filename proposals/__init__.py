"""Catalogues of simplification proposals and of co-operation units."""
