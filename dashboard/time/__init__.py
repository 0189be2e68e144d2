"""The time controls: the stops of the slider, the histogram, stepping and playing, and what has no date."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["controls", "undated"]
