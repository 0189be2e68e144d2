"""The texts, and what they say about where and when."""

from pathlib import Path

LANGUAGES = Path(__file__).parent / "languages"  # tables of words, by what reads them
SHIPPED = Path(__file__).resolve().parent / "articles"  # five digests in our own words
