"""Files -> articles: formats, front matter, what a page says of itself, page furniture, passages."""
