"""One file a format: can it read a file, and which articles are in it.

`contract` is what they share, `known` lists them. A new one is a file with `FORMAT = Format(...)`, a row in `known`
and a table of cases in `tests/corpus/test_formats.py`.
"""
