"""The map: what is drawn on it and how, what it can be told to show, and the same in words."""
