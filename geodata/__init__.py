"""The world: names, coordinates, shapes. Takes plain strings and knows nothing of articles."""

from pathlib import Path

DATA = Path(__file__).parent / "data"  # what ships; origins and licences in its SOURCES.md
