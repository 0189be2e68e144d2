"""The index: its tables, how it is written and opened, what it was built from."""
