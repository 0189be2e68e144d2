"""What the page asks of an index, under the filters of its reader."""
