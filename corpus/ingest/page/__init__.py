"""A web page as somebody saved it -> its main text, the rest of the page behind it, and what it says of itself.

`markup` tells markup from text, `blocks` reads it into blocks, `main_text` tells which of them are the article,
`about` reads title, outlet, author, link and dates; the door is `page.read_page`.
"""
