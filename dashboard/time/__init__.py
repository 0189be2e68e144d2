"""The time controls: the stops of the slider, the histogram, stepping and playing, and what has no date."""
