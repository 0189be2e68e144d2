"""The tables of the index beside its layers places and regions; another version of them is built again."""

from __future__ import annotations

import re

VERSION = "10"  # of the tables below: an index of another version is built again
MARK = "an index of Dateline"  # by which ours is known among databases, even a damaged one: it stands there twice

TABLES = f"""
create table meta(key text primary key, value text not null /* {MARK} */) without rowid;
create table rollups(name text primary key, kind text not null, content blob not null);
create table derived(id text primary key, entry text not null) without rowid;
create table files(
    id integer primary key, file text not null, print text not null, problems text not null);
create table articles(
    fid integer primary key,
    id text not null unique, file text not null, title text not null, outlet text not null, author text not null,
    language text not null, url text not null, format text not null, read_at text not null,
    text text not null, read_from text not null, print text not null,
    published_since text, published_until text, published_basis text not null, published_certainty text not null,
    published_confidence text not null, published_beside integer not null, corrected text not null,
    head text not null, rewritten integer not null, copy_of text not null);
create table passages(
    id integer primary key, article text not null, start integer not null, "end" integer not null,
    boilerplate text not null, sentences text not null, text text not null);
create table timexes(
    id integer primary key, article text not null, start integer not null, "end" integer not null, text text not null,
    type text not null, value text not null, since text, until text, granularity text not null, basis text not null);
create table mentions(
    id integer primary key, article text not null, passage integer not null, start integer not null,
    "end" integer not null, text text not null, kind text not null, status text not null, place text,
    confidence real, reason text not null, doubt text not null, runners_up text not null,
    certainty text not null, reading text not null, reading_reason text not null, role text not null,
    statement integer, source text not null);
create table statements(
    id integer primary key, article text not null, start integer not null, "end" integer not null,
    speaker text not null, name text not null, side text not null, speaker_start integer not null,
    speaker_end integer not null, mode text not null, cue text not null, cue_start integer not null,
    cue_end integer not null);
create table claims(
    id integer primary key, article text not null, passage integer not null, start integer not null,
    "end" integer not null, text text not null, low integer not null, high integer, number text not null,
    what text not null, whom text not null, wording text not null, hedge text not null, caution text not null,
    statement integer, sentence_start integer not null, sentence_end integer not null, since text, until text,
    certainty text not null, basis text not null, mention integer);
create table hints(
    fid integer primary key,
    article text not null, start integer not null, "end" integer not null, text text not null, reason text not null,
    weight integer not null);
create table extents(
    id integer primary key, article text not null, passage integer not null, start integer not null,
    "end" integer not null, text text not null, kind text not null, words text not null, status text not null,
    source text not null, shape integer not null);
create table shapes(id integer primary key, geometry text not null);
create table extent_mentions(fid integer primary key, extent integer not null, mention integer not null);
create table links(
    fid integer primary key,
    mention integer not null, rank integer not null, since text, until text, certainty text not null,
    basis text not null, timex integer, said_since text, said_until text, said_timex integer);
create table flags(
    fid integer primary key,
    article text not null, start integer not null, "end" integer not null, kind text not null, note text not null);
create table shared(
    fid integer primary key,
    statement integer not null, article text not null, passage integer not null, start integer not null,
    "end" integer not null);
create table boilerplate(
    fid integer primary key,
    article text not null, start integer not null, "end" integer not null, reason text not null);
create virtual table passages_fts using fts5(
    text, content="passages", content_rowid="id", tokenize="unicode61 remove_diacritics 2");
create virtual table heads_fts using fts5(head, content="articles", content_rowid="fid", detail=none, columnsize=0);
"""

INDEXES = """
create unique index if not exists files_by_name on files(file);
create index if not exists articles_of_file on articles(read_from);
create index if not exists articles_by_print on articles(print);
create index if not exists articles_of_copy on articles(copy_of);
create index if not exists passages_of_article on passages(article, start);
create index if not exists timexes_of_article on timexes(article, start);
create index if not exists mentions_of_place on mentions(place, article);
create index if not exists mentions_of_passage on mentions(passage);
create index if not exists mentions_of_article on mentions(article, start);
create index if not exists links_of_mention on links(mention, rank, since, until);
create index if not exists statements_of_article on statements(article, start);
create index if not exists claims_of_article on claims(article, start);
create index if not exists hints_of_article on hints(article, start);
create index if not exists extents_of_article on extents(article, start);
create index if not exists mentions_of_extent on extent_mentions(extent, mention);
create index if not exists extents_of_shape on extents(shape, article);
create index if not exists extents_of_mention on extent_mentions(mention, extent);
create index if not exists flags_of_article on flags(article, start);
create index if not exists shared_of_passage on shared(passage);
create index if not exists shared_of_statement on shared(statement, article);
create index if not exists boilerplate_of_article on boilerplate(article, start);
"""
LAYER_INDEXES = """
create index if not exists places_by_id on places(id);
create index if not exists regions_by_code on regions(code);
analyze;
"""
# Those whose rows SQLite numbers itself: a GeoPackage wants a whole number as key of each table.
NUMBERED = frozenset(re.findall(r"create table (\w+)\(\s*fid ", TABLES))
# All that a GeoPackage lists as tables without geometry; the full-text search, what is said of the index, rollups, and
# places that no gazetteer has, of which the layer tells, are none.
UNLISTED = ("meta", "derived", "rollups")
ATTRIBUTES = tuple(name for name in re.findall(r"create table (\w+)", TABLES) if name not in UNLISTED)
# The tables whose rows belong to one article, but for the article's own.
OF_ARTICLE = tuple(
    made.partition("create table ")[2].partition("(")[0] for made in TABLES.split(";") if " article text" in made
)
