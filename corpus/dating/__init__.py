"""When: the date of publication, which date goes with which mention, where a source contradicts itself."""
