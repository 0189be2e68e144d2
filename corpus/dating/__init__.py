"""When: the date of publication, which date goes with which mention, where a source contradicts itself."""

from corpus.dating.contradictions import find_contradictions
from corpus.dating.dated_sentence import DatedText
from corpus.dating.link_dates import link_mention
from corpus.dating.overlaps import part_names_and_dates
from corpus.dating.publication_date import date_alone, date_articles, find_published

__all__ = [
    "DatedText",
    "date_alone",
    "date_articles",
    "find_contradictions",
    "find_published",
    "link_mention",
    "part_names_and_dates",
]
