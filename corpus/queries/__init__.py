"""What the page asks of an index, under the filters of its reader.

A file a subject, whose functions are read with its name: `places.passages`, `extents.passages`. `filters.Filters` is
what the reader narrowed the view to, `sql` the base of all queries; `places`, `extents`, `rollup` (by region), `search`
(what is typed), `reading` (a passage or an article), `mentions` (what became of each name), `coverage` (which source
speaks of what), `accounts`, `claims`, `official_names`. Below them `tally` counts the mentions that filters leave
(`chosen`, a bit each as in `bitmaps`), with what is `worked_out` once.
"""
