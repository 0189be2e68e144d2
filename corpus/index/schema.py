"""The tables of the index beside its layers places and regions; another version of them is built again.

What repeats is stored once: an article's text in `texts`, of which a stretch is its start and length; words that come
again and again in `words`, by number; the few values of a kind as a code, their place in a list; a day as the days
since 1970. `mention_rows` and its like hold such numbers. Views under the plain names (`mentions` ...) show what they
stand for, each over one table alone, which SQLite reads as it reads the table, wherever it is joined. A view's
`article` is the article's id, its `article_fid` the number by which the rows of an article are found at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from corpus.records import CERTAINTIES, Granularity, Mode, Role, Status, TimexType
from geodata.records import ToponymKind
from geodata.usage.confidence import PARTS
from geodata.usage.metonymy import ReadingName

VERSION = "11"  # of the tables below: an index of another version is built again
MARK = "an index of Dateline"  # by which ours is known among databases, even a damaged one: it stands there twice

# What may stand in the columns of few values, which hold its place in this list.
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


def _one_of(column: str) -> str:
    """Return a column of few values: its code, and what that stands for."""
    each = " ".join(f"when {number} then '{value}'" for number, value in enumerate(VALUES[column]))
    return f"{column}_code integer not null, {column} text as (case {column}_code {each} end)"


def _day(column: str) -> str:
    return f"{column}_day integer, {column} text as (date({column}_day * 86400, 'unixepoch'))"


def _stretch(of: str = "") -> str:
    start, length = f"{of}start", f"{of}length"
    return f'{start} integer not null, {length} integer not null, "{of}end" integer as ({start} + {length})'


_AT = f"article integer not null, {_stretch()}"
_IN = f"id integer primary key, article integer not null, passage integer not null, {_stretch()}"
_DATED = f"{_day('since')}, {_day('until')}, {_one_of('certainty')}, basis integer not null"

TABLES = f"""
create table meta(key text primary key, value text not null /* {MARK} */) without rowid;
create table rollups(name text primary key, kind text not null, content blob not null);
create table derived(id text primary key, entry text not null) without rowid;
create table files(
    id integer primary key, file text not null, print text not null, problems text not null);
create table texts(fid integer primary key, text text not null);
create table words(id integer primary key, hash integer not null, text text not null);
create index words_by_hash on words(hash);
create table shapes(id integer primary key, geometry text not null);
create table article_rows(
    fid integer primary key,
    id text not null unique, file text not null, title text not null, outlet text not null, author text not null,
    language text not null, url text not null, format text not null, read_at text not null, read_from text not null,
    print text not null, published_since text, published_until text, published_basis text not null,
    published_certainty text not null, published_confidence text not null, published_beside integer not null,
    corrected text not null, head text not null, rewritten integer not null, copy_of integer not null);
create table passage_rows(id integer primary key, {_AT}, boilerplate integer not null, sentences text not null);
create table timex_rows(
    id integer primary key, {_AT}, {_one_of("type")}, value integer not null, {_day("since")}, {_day("until")},
    {_one_of("granularity")}, basis integer not null);
create table mention_rows(
    {_IN}, text integer not null, {_one_of("kind")}, {_one_of("status")}, place text, chance integer,
    confidence real as (chance / 1000.0), reason integer not null, {_one_of("doubt")}, runners_up integer not null,
    {_one_of("certainty")}, {_one_of("reading")}, reading_reason integer not null, {_one_of("role")},
    statement integer, source integer not null);
create table link_rows(
    mention integer, rank integer, {_DATED}, timex integer, {_day("said_since")}, {_day("said_until")},
    said_timex integer, fid integer as (mention << 16 | rank), primary key(mention, rank)) without rowid;
create table statement_rows(
    id integer primary key, {_AT}, speaker integer not null, name integer not null, side integer not null,
    {_stretch("speaker_")}, {_one_of("mode")}, cue integer not null, {_stretch("cue_")});
create table claim_rows(
    {_IN}, low integer not null, high integer, number integer not null, what integer not null, whom integer not null,
    wording integer not null, hedge integer not null, caution integer not null, statement integer,
    {_stretch("sentence_")}, {_DATED}, mention integer);
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
"""


def _word(*columns: str) -> str:
    return ", ".join(f"(select text from words where id = r.{column}) {column}" for column in columns)  # noqa: S608 - ours


def _id(column: str) -> str:
    return f"(select id from article_rows where fid = r.{column})"  # noqa: S608


_OF = f"{_id('article')} article, r.article article_fid"
_SPAN = 'r.start, r."end"'
# What no row has in the second half gives the column its type, which what is worked out has none of.
_WRITTEN = """(select substr(text, r.start + 1, r.length) from texts where fid = r.article
    union all select text from words where 0) text"""
_DATES = f"r.since, r.until, r.certainty, {_word('basis')}"

# The first column of each tells its rows apart, as a GeoPackage wants it.
VIEWS = f"""
create view articles as select r.fid, r.id, r.file, r.title, r.outlet, r.author, r.language, r.url, r.format, r.read_at,
    (select text from texts where fid = r.fid) text, r.read_from, r.print, r.published_since, r.published_until,
    r.published_basis, r.published_certainty, r.published_confidence, r.published_beside, r.corrected, r.head,
    r.rewritten, {_id("copy_of")} copy_of, r.copy_of copy_of_fid from article_rows r;
create view passages as select r.id, {_OF}, {_SPAN}, {_word("boilerplate")}, r.sentences, {_WRITTEN}
    from passage_rows r;
create view timexes as select r.id, {_OF}, {_SPAN}, {_WRITTEN}, r.type, {_word("value")}, r.since, r.until,
    r.granularity, {_word("basis")} from timex_rows r;
create view mentions as select r.id, {_OF}, r.passage, {_SPAN}, {_word("text")}, r.kind, r.status, r.place,
    r.confidence, {_word("reason")}, r.doubt, {_word("runners_up")}, r.certainty, r.reading,
    {_word("reading_reason")}, r.role, r.statement,
    (select 'statement ' || ~r.source where r.source < 0 union all select id from article_rows where fid = r.source)
    source, r.source source_number from mention_rows r;
create view links as select r.fid, r.mention, r.rank, {_DATES}, r.timex, r.said_since, r.said_until, r.said_timex
    from link_rows r;
create view statements as select r.id, {_OF}, {_SPAN}, {_word("speaker", "name", "side")}, r.speaker_start,
    r.speaker_end, r.mode, {_word("cue")}, r.cue_start, r.cue_end from statement_rows r;
create view claims as select r.id, {_OF}, r.passage, {_SPAN}, {_WRITTEN}, r.low, r.high,
    {_word("number", "what", "whom", "wording", "hedge", "caution")}, r.statement, r.sentence_start, r.sentence_end,
    {_DATES}, r.mention from claim_rows r;
create view hints as select r.fid, {_OF}, {_SPAN}, {_WRITTEN}, {_word("reason")}, r.weight from hint_rows r;
create view extents as select r.id, {_OF}, r.passage, {_SPAN}, {_WRITTEN}, {_word("kind", "words", "status", "source")},
    r.shape from extent_rows r;
create view extent_mentions as select r.fid, r.extent, r.mention from extent_mention_rows r;
create view flags as select r.fid, {_OF}, {_SPAN}, {_word("kind", "note")} from flag_rows r;
create view shared as select r.fid, r.statement, {_OF}, r.passage, {_SPAN} from shared_rows r;
create view boilerplate as select r.fid, {_OF}, {_SPAN}, {_word("reason")} from boilerplate_rows r;
create virtual table passages_fts using fts5(
    text, content="passages", content_rowid="id", columnsize=0, tokenize="unicode61 remove_diacritics 2");
create virtual table heads_fts using fts5(
    head, content="article_rows", content_rowid="fid", detail=none, columnsize=0);
"""  # noqa: S608

INDEXES = """
create unique index if not exists files_by_name on files(file);
create index if not exists articles_of_file on article_rows(read_from);
create index if not exists articles_by_print on article_rows(print);
create index if not exists articles_of_copy on article_rows(copy_of);
create index if not exists passages_of_article on passage_rows(article, start);
create index if not exists timexes_of_article on timex_rows(article, start);
create index if not exists mentions_of_place on mention_rows(place, article);
create index if not exists mentions_of_passage on mention_rows(passage);
create index if not exists mentions_of_article on mention_rows(article, start);
create index if not exists statements_of_article on statement_rows(article, start);
create index if not exists claims_of_article on claim_rows(article, start);
create index if not exists hints_of_article on hint_rows(article, start);
create index if not exists extents_of_article on extent_rows(article, start);
create index if not exists extents_of_shape on extent_rows(shape, article);
create index if not exists flags_of_article on flag_rows(article, start);
create index if not exists shared_of_passage on shared_rows(passage);
create index if not exists boilerplate_of_article on boilerplate_rows(article, start);
"""
LAYER_INDEXES = """
create index if not exists places_by_id on places(id);
create index if not exists regions_by_code on regions(code);
analyze;
"""
# All that a GeoPackage lists as tables without geometry: what others read, not the numbers behind it.
ATTRIBUTES = ("files", "shapes", *re.findall(r"create view (\w+)", VIEWS))
# The tables whose rows belong to one article, but for the article's own.
OF_ARTICLE = tuple(re.findall(r"create table (\w+)\([^;]*\barticle integer", TABLES))
# The columns that hold the number of words.
OF_WORDS = tuple(
    (table, column)
    for columns, table in re.findall(r"create view \w+ as (.*?) from (\w+) r;", VIEWS, re.DOTALL)
    for column in re.findall(r"from words where id = r\.(\w+)", columns)
)
