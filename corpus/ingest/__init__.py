"""Files -> articles: formats, front matter, what a page says of itself, page furniture, passages.

Its doors are in files of their own, for a text alone needs no reader of files: `files.find_names` and
`files.read_article`, `furniture.find_furniture`, `passages.split_passages`.
"""
