"""Which articles copy each other, and which read as if a machine had rewritten them."""
