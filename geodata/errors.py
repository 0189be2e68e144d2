"""What can go wrong with the world's data; every message names the value and the way out."""


class GeodataError(Exception):
    """Any error of the gazetteer, the regions or the geocoder."""


class DataFileError(GeodataError, FileNotFoundError):
    """A file of geodata/data is missing or damaged: rebuild it with `make data`, or check out the repository again."""


class NoTextError(GeodataError, ValueError):
    """The bytes of a file are no text, or in an encoding that is not known: save it as UTF-8."""
