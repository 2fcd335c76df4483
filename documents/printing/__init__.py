"""HTML to tagged PDF: the sealed printer, its processes, and what it leaves to mend."""
