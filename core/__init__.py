"""The shared kernel: versioned rows, history, merge, forms, htmx. No word of the domain."""
