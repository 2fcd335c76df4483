"""Settings: ``base`` is safe by default; ``dev``, ``test`` and ``prod`` state differences."""
