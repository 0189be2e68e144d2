"""The index behind the page: kept whole and up to date, and what it answered kept until it or the filters change."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["cached", "corpus_summary", "index_keeper", "open_files"]
