"""What can go wrong with articles and the index; every message names the file and the way out."""


class CorpusError(Exception):
    """Any error of reading articles or of the index."""


class ArticleError(CorpusError, ValueError):
    """One article file cannot be read; the rest of the corpus still builds."""


class EmptyCorpusError(CorpusError, FileNotFoundError):
    """The folder is missing or holds no readable article."""


class IndexNotUsableError(CorpusError, OSError):
    """The index is missing, unreadable or of another version: build it again."""


class CorrectionsError(CorpusError, OSError):
    """The corrections of a corpus cannot be written: the message names the file and why."""


class ShardsError(CorpusError, OSError):
    """Shards are missing, damaged or of another version, or cannot be written."""
