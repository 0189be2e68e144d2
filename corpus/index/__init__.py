"""The index: its tables, how it is written and opened, what it was built from.

Its doors are in files of their own, for writing needs shapes and opening does not: `connection.open_index`,
`connection.stored_fingerprint`, `fingerprint.fingerprint`, `writer.write_index`; `schema` has the tables.
"""
