"""What the articles say of what is selected: passages as cards, quotations, whole articles, and why it is here."""

# The modules that others may use; none is imported here, so that each costs only who needs it.
__all__ = ["parts", "passage_list", "quotations", "what_was_weighed", "why_here"]
