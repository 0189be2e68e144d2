-- What a GeoPackage of ours has beside its layers: styles as QGIS keeps them, metadata, full text, views for people.
-- Types are in capitals and defaults without blanks as validators compare them letter by letter.
create table layer_styles(
    id INTEGER primary key autoincrement not null, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME default (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
insert into gpkg_contents(table_name, data_type, identifier) values ('layer_styles', 'attributes', 'layer_styles');

create table gpkg_metadata(
    id INTEGER constraint m_pk primary key asc not null, md_scope TEXT not null default 'dataset',
    md_standard_uri TEXT not null, mime_type TEXT not null default 'text/xml', metadata TEXT not null default '');
create table gpkg_metadata_reference(
    reference_scope TEXT not null, table_name TEXT, column_name TEXT, row_id_value INTEGER,
    timestamp DATETIME not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER not null, md_parent_id INTEGER,
    constraint crmr_mfi_fk foreign key (md_file_id) references gpkg_metadata(id),
    constraint crmr_mpi_fk foreign key (md_parent_id) references gpkg_metadata(id));
insert into gpkg_extensions(table_name, column_name, extension_name, definition, scope) values
    ('gpkg_metadata', null, 'gpkg_metadata', 'http://www.geopackage.org/spec120/#extension_metadata', 'read-write'),
    ('gpkg_metadata_reference', null, 'gpkg_metadata', 'http://www.geopackage.org/spec120/#extension_metadata',
        'read-write');

create index mentions_of_place on mentions(place, since);
create index mentions_of_article on mentions(article, start);
create index days_of_mention on mention_days(mention);
create index passages_of_article on passages(article, start);
create unique index articles_by_id on articles(article);
create unique index places_by_id on places(place);

-- Datasette finds the full text of a table by the name in `content`.
create virtual table passages_fts using fts5(
    text, content="passages", content_rowid="fid", tokenize="unicode61 remove_diacritics 2");
insert into passages_fts(passages_fts) values ('rebuild');

create view day_by_day as
    select d.since, d.until, d.certainty, m.place_name, m.region_name, m.country_name, m.role, m.sentence, m.speaker,
        m.outlet, m.title, m.published_since, m.url, m.mention, m.place
    from mention_days d join mentions m on m.mention = d.mention order by d.since, m.place_name;
create view who_calls_it_what as
    select m.place, m.place_name, m.text written, m.outlet, m.speaker, count(*) mentions
    from mentions m group by 1, 3, 4, 5 order by 2, 6 desc;
create view numbers_side_by_side as
    select c.since, c.until, c.place_name, c.number, c.what, c.whom, c.speaker, c.side, c.sentence, c.outlet, c.title,
        c.published_since, c.url, c.claim
    from claims c order by c.since, c.what;
create view places_by_outlet as
    select m.outlet, m.place_name, m.region_name, m.country_name, count(*) mentions, min(m.since) first_day,
        max(m.until) last_day, m.place
    from mentions m group by m.outlet, m.place order by m.outlet, mentions desc;
