"""What can go wrong with the world's data; every message names the value and the way out."""


class GeodataError(Exception):
    """Any error of the gazetteer, the regions or the geocoder."""


class DataFileError(GeodataError, FileNotFoundError):
    """A file of geodata/data is missing or damaged: rebuild it with `make data`, or check out the repository again."""


class UserGazetteerError(GeodataError, ValueError):
    """A user's own list of places cannot be read: the message names the file, the line and the columns wanted."""


class NoTextError(GeodataError, ValueError):
    """The bytes of a file are no text, or in an encoding that is not known: save it as UTF-8."""
