"""What a reader corrects on the page: asked in a dialog, kept in a table, shown at once, taken back by one click."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["dialog", "kept"]
