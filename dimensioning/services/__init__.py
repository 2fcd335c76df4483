"""What changes of places: each act is one transaction with who and why."""
