"""The history of a record: its versions rebuilt from events, compared, taken back."""
