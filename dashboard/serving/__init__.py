"""The index behind the page: kept whole and up to date, and what it answered kept until it or the filters change."""
