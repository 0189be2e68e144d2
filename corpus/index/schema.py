"""The tables of the index beside its layers places and regions; another version of them is built again.

What repeats is stored once: an article's text piece by piece, with its passages, of which a stretch is its start and
length; words that come again and again in `words`, by number; the few values of a kind as a code, their place in a
list; a day as the days since 1970. `mention_rows` and its like hold such numbers. Views under the plain names
(`mentions` ...) show what they stand for, each over one table alone, which SQLite reads as it reads the table, wherever
it is joined; but `links`, in whose place `dates` are joined. A view's `article` is the article's id, its `article_fid`
the number by which the rows of an article are found at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from corpus.records import CERTAINTIES, Granularity, Mode, Role, Status, TimexType
from geodata.records import ToponymKind
from geodata.usage.confidence import PARTS
from geodata.usage.metonymy import ReadingName

VERSION = "13"  # of the tables below: an index of another version is built again
MARK = "an index of Dateline"  # by which ours is known among databases, even a damaged one: it stands there twice

# What may stand in the columns of few values; a row holds the places in these lists, packed into one number.
VALUES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(ToponymKind),
    "status": get_args(Status),
    "doubt": ("", *PARTS),
    "certainty": CERTAINTIES,
    "reading": ("", *get_args(ReadingName)),
    "role": get_args(Role),
    "type": get_args(TimexType),
    "granularity": get_args(Granularity),
    "mode": get_args(Mode),
}
# Which of them a table has.
CODED: Mapping[str, tuple[str, ...]] = {
    "mention_rows": ("kind", "status", "doubt", "certainty", "reading", "role"),
    "timex_rows": ("type", "granularity"),
    "date_rows": ("certainty",),
    "claim_rows": ("certainty",),
    "statement_rows": ("mode",),
}
HOLE = "\x1a"  # in words of which a part is a stretch of the article, for that part


def bits(column: str) -> int:
    """Return how many bits a column of few values takes."""
    return (len(VALUES[column]) - 1).bit_length()


def _codes(table: str) -> str:
    """Return the column of codes of a table, and what they stand for."""
    columns, at = ["codes integer not null"], 0
    for column in CODED[table]:
        each = " ".join(f"when {number} then '{value}'" for number, value in enumerate(VALUES[column]))
        columns.append(f"{column} text as (case codes >> {at} & {(1 << bits(column)) - 1} {each} end)")
        at += bits(column)
    return ", ".join(columns)


def _day(column: str) -> str:
    return f"{column}_day integer, {column} text as (date({column}_day * 86400, 'unixepoch'))"


def _stretch(of: str = "") -> str:
    start, length = f"{of}start", f"{of}length"
    return f'{start} integer not null, {length} integer not null, "{of}end" integer as ({start} + {length})'


_AT = f"article integer not null, {_stretch()}"
_IN = f"id integer primary key, article integer not null, passage integer not null, {_stretch()}"
_DATED = f"{_day('since')}, {_day('until')}, basis integer not null"

TABLES = f"""
create table meta(key text primary key, value text not null /* {MARK} */) without rowid;
create table rollups(name text primary key, kind text not null, content blob not null);
create table uncounted(article integer primary key); -- those in the rollups that are other than they were, or gone
create table derived(id text primary key, entry text not null) without rowid;
create table files(
    id integer primary key, file text not null, print text not null, problems text not null);
create table words(id integer primary key, hash integer not null, text text not null);
create index words_by_hash on words(hash);
create table shapes(id integer primary key, geometry text not null);
create table article_rows(
    fid integer primary key,
    id text not null unique, file text not null, title text not null, outlet text not null, author text not null,
    language integer not null, url text not null, format integer not null, read_at integer not null,
    read_from text not null, print text not null, published_since text, published_until text,
    published_basis integer not null, published_certainty text not null, published_confidence text not null,
    published_beside integer not null,
    corrected text not null, head text not null, rewritten integer not null, copy_of integer not null,
    lead text not null);
create table passage_rows(
    id integer primary key, {_AT}, boilerplate integer not null, sentences text not null, piece text not null,
    text text as (substr(piece, 1, length)));
create table timex_rows(
    id integer primary key, {_AT}, {_codes("timex_rows")}, value integer not null, {_DATED});
create table name_rows(
    id integer primary key, text integer not null, place text, reason integer not null, runners_up integer not null);
create table mention_rows(
    {_IN}, named integer not null, {_codes("mention_rows")}, chance integer,
    confidence real as (chance / 1000.0), reading_reason integer not null, quoted_at integer, quoted_length integer,
    statement integer, dating integer, source integer, source_number integer as (coalesce(source, article)));
create table date_rows(
    dating integer, rank integer, {_codes("date_rows")}, {_DATED}, timex integer, {_day("said_since")},
    {_day("said_until")}, said_timex integer, fid integer as (dating << 16 | rank),
    primary key(dating, rank)) without rowid;
create table statement_rows(
    id integer primary key, {_AT}, speaker integer not null, name integer not null, side integer not null,
    {_stretch("speaker_")}, {_codes("statement_rows")}, cue integer not null, {_stretch("cue_")});
create table claim_rows(
    {_IN}, low integer not null, high integer, number integer not null, what integer not null, whom integer not null,
    wording integer not null, hedge integer not null, caution integer not null, statement integer,
    {_stretch("sentence_")}, {_codes("claim_rows")}, {_DATED}, mention integer);
create table hint_rows(fid integer primary key, {_AT}, reason integer not null, weight integer not null);
create table extent_rows(
    {_IN}, kind integer not null, words integer not null, status integer not null, source integer not null,
    shape integer not null);
create table extent_mention_rows(
    extent integer, mention integer, fid integer as (extent << 32 | mention), primary key(extent, mention))
    without rowid;
create table flag_rows(fid integer primary key, {_AT}, kind integer not null, note integer not null);
create table shared_rows(
    statement integer, passage integer, {_AT}, fid integer as (passage << 26 | start),
    primary key(statement, passage, start)) without rowid;
create table boilerplate_rows(fid integer primary key, {_AT}, reason integer not null);
create table sketches(
    id integer primary key autoincrement, article integer not null unique, shingles integer not null,
    sample blob not null, words blob not null, compared integer not null);
create table alike(
    one integer not null, sentence integer not null, other integer not null, other_sentence integer not null);
"""


def _word(*columns: str) -> str:
    return ", ".join(f"(select text from words where id = r.{column}) {column}" for column in columns)  # noqa: S608 - ours


def _named(column: str) -> str:
    return f"(select {column} from names where id = r.named) {column}"  # noqa: S608


def _id(column: str) -> str:
    return f"(select id from article_rows where fid = r.{column})"  # noqa: S608


_OF = f"{_id('article')} article, r.article article_fid"
_SPAN = 'r.start, r."end"'
_TYPED = "union all select text from words where 0"  # no row, but a type, which what is worked out has none of
_WRITTEN = f"(select substr(text, r.start + 1, r.length) from articles where fid = r.article {_TYPED}) text"  # noqa: S608
_IN_PASSAGE = "select substr(piece, r.start - start + {} + 1, {}) from passage_rows where id = r.passage"
_SAID = f"({_IN_PASSAGE.format(0, 'r.length')} {_TYPED}) text"
# Sentences quote the words of the article that they tell of.
_QUOTING = f"""(select coalesce(replace(text, char({ord(HOLE)}), (
        {_IN_PASSAGE.format("r.quoted_at", "r.quoted_length")})), text)
    from words where id = r.reading_reason {_TYPED}) reading_reason"""  # noqa: S608
_DATES = f"r.since, r.until, r.certainty, {_word('basis')}"

# The first column of each tells its rows apart, as a GeoPackage wants it.
VIEWS = f"""
create view articles as select r.fid, r.id, r.file, r.title, r.outlet, r.author, {_word("language")}, r.url,
    {_word("format", "read_at")}, (select r.lead || coalesce(group_concat(piece, ''), '') from
        (select piece from passage_rows where article = r.fid order by start) {_TYPED}) text, r.read_from, r.print,
    r.published_since, r.published_until, {_word("published_basis")}, r.published_certainty, r.published_confidence,
    r.published_beside, r.corrected, r.head, r.rewritten, {_id("copy_of")} copy_of, r.copy_of copy_of_fid
    from article_rows r;
create view passages as select r.id, {_OF}, {_SPAN}, {_word("boilerplate")}, r.sentences, r.text
    from passage_rows r;
create view timexes as select r.id, {_OF}, {_SPAN}, {_WRITTEN}, r.type, {_word("value")}, r.since, r.until,
    r.granularity, {_word("basis")} from timex_rows r;
create view names as select r.id, {_word("text")}, r.place, {_word("reason", "runners_up")} from name_rows r;
create view mentions as select r.id, {_OF}, r.passage, {_SPAN}, {_named("text")}, r.kind, r.status, {_named("place")},
    r.confidence, {_named("reason")}, r.doubt, {_named("runners_up")}, r.certainty, r.reading, {_QUOTING}, r.role,
    r.statement, (select 'statement ' || ~r.source where r.source < 0
    union all select id from article_rows where fid = r.source_number) source, r.source_number, r.dating
    from mention_rows r;
create view dates as select r.fid, r.dating, r.rank, {_DATES}, r.timex, r.said_since, r.said_until, r.said_timex
    from date_rows r;
create view links as select (select m.id << 16 | d.rank union all select id from words where 0) fid, m.id mention,
    d.rank, d.since, d.until, d.certainty, d.basis, d.timex, d.said_since, d.said_until, d.said_timex
    from mention_rows m join dates d on d.dating = m.dating;
create view statements as select r.id, {_OF}, {_SPAN}, {_word("speaker", "name", "side")}, r.speaker_start,
    r.speaker_end, r.mode, {_word("cue")}, r.cue_start, r.cue_end from statement_rows r;
create view claims as select r.id, {_OF}, r.passage, {_SPAN}, {_SAID}, r.low, r.high,
    {_word("number", "what", "whom", "wording", "hedge", "caution")}, r.statement, r.sentence_start, r.sentence_end,
    {_DATES}, r.mention from claim_rows r;
create view hints as select r.fid, {_OF}, {_SPAN}, {_WRITTEN}, {_word("reason")}, r.weight from hint_rows r;
create view extents as select r.id, {_OF}, r.passage, {_SPAN}, {_SAID}, {_word("kind", "words", "status", "source")},
    r.shape from extent_rows r;
create view extent_mentions as select r.fid, r.extent, r.mention from extent_mention_rows r;
create view flags as select r.fid, {_OF}, {_SPAN}, {_word("kind", "note")} from flag_rows r;
create view shared as select r.fid, r.statement, {_OF}, r.passage, {_SPAN} from shared_rows r;
create view boilerplate as select r.fid, {_OF}, {_SPAN}, {_word("reason")} from boilerplate_rows r;
create virtual table passages_fts using fts5(
    text, content="passages", content_rowid="id", detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 2");
create virtual table heads_fts using fts5(
    head, content="article_rows", content_rowid="fid", detail=none, columnsize=0);
"""  # noqa: S608

INDEXES = """
create unique index if not exists files_by_name on files(file);
create index if not exists articles_of_file on article_rows(read_from);
create index if not exists articles_by_print on article_rows(print);
create index if not exists fresh_sketches on sketches(id) where not compared;
create index if not exists articles_of_copy on article_rows(copy_of);
create index if not exists passages_of_article on passage_rows(article, start);
create index if not exists timexes_of_article on timex_rows(article);
create index if not exists mentions_of_passage on mention_rows(passage);
create index if not exists statements_of_article on statement_rows(article);
create index if not exists claims_of_article on claim_rows(article);
create index if not exists hints_of_article on hint_rows(article);
create index if not exists extents_of_article on extent_rows(article);
create index if not exists extents_of_shape on extent_rows(shape, article);
create index if not exists flags_of_article on flag_rows(article);
create index if not exists shared_of_article on shared_rows(article);
create index if not exists shared_of_passage on shared_rows(passage);
create index if not exists boilerplate_of_article on boilerplate_rows(article);
"""
LAYER_INDEXES = """
create index if not exists places_by_id on places(id);
create index if not exists regions_by_code on regions(code);
pragma analysis_limit = 1000; -- rows of each index that are looked at: enough to plan by
analyze;
"""
# All that a GeoPackage lists as tables without geometry: what others read, not the numbers behind it nor
# what articles are compared by.
ATTRIBUTES = ("files", "shapes", *re.findall(r"create view (\w+)", VIEWS))
# The tables whose rows are found by their article; mentions are by their passage.
OF_ARTICLE = tuple(
    made.partition("create table ")[2].partition("(")[0]
    for made in TABLES.split(";")
    if " article integer" in made and "mention_rows(" not in made
)
# The columns that hold the number of words.
OF_WORDS = tuple(
    (made.rpartition(" from ")[2].split()[0], column)
    for made in VIEWS.split(";")
    for column in re.findall(r"from words where id = r\.(\w+)", made)
)
