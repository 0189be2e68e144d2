"""What readers corrected: kept in a plain table beside the articles, and replayed at every build as the last word."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["file", "fit", "made", "places", "replay", "table"]
