"""The map: what is drawn on it and how, what it can be told to show, and the same in words."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["draw_map", "folium_map", "map_in_words", "who_held_what"]
