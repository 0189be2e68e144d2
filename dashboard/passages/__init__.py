"""What the articles say of what is selected: passages as cards, quotations, whole articles, and why it is here."""
