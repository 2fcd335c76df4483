"""The search page: what is asked, and how the answer is shown."""
