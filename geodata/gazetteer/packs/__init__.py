"""Packs: files of places that a user adds to the gazetteer.

`read_file` and `places` read them, `make` writes a pack, `shelf` keeps the packs, `opened` looks them up.
"""
