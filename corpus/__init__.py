"""The texts, and what they say about where and when."""
