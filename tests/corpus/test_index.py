"""The index as a file: what other programs see in it, and how one replaces another."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import geopandas as gpd
import pyogrio
import pytest
from builders import ROOT, build, front, geopackage_faults, write_corpus

from corpus.build import build_index
from corpus.drafts import draft_of
from corpus.errors import CorpusError, EmptyCorpusError, IndexNotUsableError
from corpus.index.connection import HEADER, open_index, read_meta, refuse_another, stored_fingerprint
from corpus.index.fingerprint import fingerprint
from corpus.index.place_layer import display_name
from corpus.queries import reading
from geodata.records import GazetteerEntry

LAYERS = {"places", "regions"}
TABLES = {
    *("articles", "passages", "timexes", "mentions", "links", "boilerplate", "flags", "statements", "claims", "shared"),
    *("hints", "extents", "extent_mentions", "shapes", "files", "names", "dates"),
}
BAKU = front("Rain fell in Baku.", date="2022-09-14")
TOKYO = front("Rain fell in Tokyo and in Osaka.", date="2022-09-14")


def count(db, table="articles"):
    return db.execute(f"select count(*) from {table}").fetchone()[0]


def left_over(folder):
    """Return the files of a folder that are neither the index nor the articles."""
    return sorted(path.name for path in folder.iterdir() if path.name not in ("index.gpkg", "articles"))


# ---- what other programs see


def test_geopandas_opens_the_places(index_path):
    places = gpd.read_file(index_path, layer="places")
    assert {"Goris", "Yerevan", "Baku"} <= set(places["name"])
    assert set(places.geom_type) == {"Point"}
    assert places.crs.to_epsg() == 4326
    assert places.id.is_unique
    goris = places[places["name"] == "Goris"].iloc[0]
    assert (goris.geometry.x, goris.geometry.y) == pytest.approx((46.34, 39.51), abs=0.02)  # longitude first
    assert (goris.lon, goris.lat) == (goris.geometry.x, goris.geometry.y)


def test_places_is_the_layer_that_opens_first(index_path):
    assert "mentions" in gpd.read_file(index_path, layer=pyogrio.list_layers(index_path)[0][0]).columns


def test_geopandas_opens_the_regions(index_path):
    regions = gpd.read_file(index_path, layer="regions")
    assert set(regions.geom_type) <= {"Polygon", "MultiPolygon"}
    assert regions.geometry.is_valid.all()
    assert regions.crs.to_epsg() == 4326
    assert {"Syunik", "Armenia", "France"} <= set(regions["name"])
    # every region that a place refers to is there, and no other: the file stays small
    places = gpd.read_file(index_path, layer="places")
    referred = (set(places.region) | set(places.country) | set(places.outline)) - {"", None}
    assert set(regions.code) == referred


def test_a_place_lies_in_its_region(index_path):
    places = gpd.read_file(index_path, layer="places")
    regions = gpd.read_file(index_path, layer="regions").set_index("code")
    inside = places[places.region_method == "inside"]
    assert all(regions.geometry[place.region].covers(place.geometry) for place in inside.itertuples())


def test_contents_lists_every_layer_and_table(index):
    listed = dict(index.execute("select table_name, data_type from gpkg_contents"))
    assert {name for name, kind in listed.items() if kind == "features"} == LAYERS
    assert {name for name, kind in listed.items() if kind == "attributes"} == TABLES
    assert set(dict(index.execute("select table_name, column_name from gpkg_geometry_columns"))) == LAYERS


@pytest.mark.parametrize("table", sorted(TABLES))
def test_other_programs_read_the_tables(index_path, index, table):
    assert len(pyogrio.read_dataframe(index_path, layer=table, read_geometry=False)) == count(index, table)
    assert count(index, table) > 0 or table in (
        "flags",
        "hints",
        "extents",
        "extent_mentions",
        "claims",
        "shared",
        "statements",
        "shapes",
    )


def test_the_box_of_each_layer_is_written_down(index_path, index):
    # QGIS zooms to it
    for layer in LAYERS:
        box = index.execute(
            "select min_x, min_y, max_x, max_y from gpkg_contents where table_name = ?", (layer,)
        ).fetchone()
        assert box == pytest.approx(gpd.read_file(index_path, layer=layer).total_bounds, abs=1e-5)


def test_the_file_is_sound(index):
    assert index.execute("pragma integrity_check").fetchone() == ("ok",)
    assert index.execute("pragma application_id").fetchone()[0] == int.from_bytes(b"GPKG", "big")
    index.execute("select count(*) from passages_fts where passages_fts match 'goris'").fetchone()


def test_every_reference_leads_somewhere(index):
    for orphans in (
        "select count(*) from mentions where passage not in (select id from passages)",
        "select count(*) from mentions where article not in (select id from articles)",
        """select count(*) from mentions where status in ('placed', 'region', 'actor')
        and place not in (select id from places)""",
        "select count(*) from links where mention not in (select id from mentions)",
        "select count(*) from links where timex is not null and timex not in (select id from timexes)",
        "select count(*) from mentions where statement is not null and statement not in (select id from statements)",
        "select count(*) from claims where statement is not null and statement not in (select id from statements)",
        "select count(*) from claims where mention is not null and mention not in (select id from mentions)",
        "select count(*) from extent_mentions where mention not in (select id from mentions)",
    ):
        assert index.execute(orphans).fetchone() == (0,), orphans


def test_offsets_lead_to_what_is_written(index):
    for table in ("mentions", "timexes", "passages", "claims", "hints", "extents"):
        for text, written, start, end in index.execute(
            f'select a.text, t.text, t.start, t."end" from {table} t join articles a on a.id = t.article'
        ):
            assert text[start:end] == written
    for mention, first, end, start, last in index.execute(
        'select m.text, s.start, s."end", m.start, m."end" from mentions m join passages s on s.id = m.passage'
    ):
        assert first <= start < last <= end, mention


def test_the_counts_of_the_places_layer(index):
    for place, *counts in index.execute("select id, mentions, happened, articles from places"):
        wanted = index.execute(
            """select count(*), sum(role in ('happened', 'met', 'target')), count(distinct article) from mentions
            where place = ? and role != ''""",
            (place,),
        ).fetchone()
        assert tuple(counts) == wanted


def test_several_dates_of_a_mention_are_kept_in_order(tmp_path):
    text = "Pashinyan said on Wednesday that shells hit Goris on 9 and 10 September 2022.\n\nSnow fell in Goris."
    with open_index(build(tmp_path, {"a.md": front(text, date="2022-09-14")})) as db:
        rows = db.execute(
            """select m.certainty, l.rank, l.since, l.certainty, l.said_since, t.text, s.text from mentions m
            join links l on l.mention = m.id left join timexes t on t.id = l.timex
            left join timexes s on s.id = l.said_timex where m.text = 'Goris' order by m.start, l.rank"""
        ).fetchall()
    assert [row[1:5] for row in rows] == [
        (0, "2022-09-09", "exact", "2022-09-14"),
        (1, "2022-09-10", "exact", "2022-09-14"),
        (0, "2022-09-14", "inferred", None),
    ]
    assert rows[0][5].startswith("9")
    assert rows[1][6] == "Wednesday"
    assert [row[0] for row in rows] == ["exact", "exact", "inferred"]  # that of the first


def test_how_well_an_article_is_dated(tmp_path):
    files = {
        "day.md": BAKU,
        "month.md": front("Rain fell in Baku.", date="September 2022"),
        "update.txt": "Updated September 13, 2022\n\nRain fell in Baku.\n",
        "none.txt": "Rain fell in Baku.\n",
    }
    with open_index(build(tmp_path, files)) as db:
        rows = db.execute("select file, published_certainty, published_confidence from articles").fetchall()
    assert {file: (certainty, confidence) for file, certainty, confidence in rows} == {
        "day.md": ("exact", "stated"),
        "month.md": ("period", "stated"),
        "update.txt": ("inferred", "likely"),
        "none.txt": ("undated", ""),
    }


def test_contradictions_are_kept_beside_the_text(tmp_path):
    text = "Rain fell in Baku on Tuesday, 14 September 2022."
    with open_index(build(tmp_path, {"a.md": front(text, date="2022-09-20")})) as db:
        [(id, text)] = db.execute("select id, text from articles").fetchall()
        [(start, end, kind, note)] = reading.flags(db, id)
    assert (text[start:end], kind) == ("Tuesday, 14 September 2022", "weekday")
    assert "Wednesday" in note


# ---- the name shown


def entry(name, kind="city"):
    return GazetteerEntry("1", name, kind, "AZ", "", 46.7, 39.8, 0, "", 1.0)


@pytest.mark.parametrize(
    ("name", "kind", "written", "shown"),
    [
        ("Shusha", "city", {"Shusha": 3}, "Shusha"),
        ("Shusha", "city", {"Shushi": 3}, "Shushi / Shusha"),  # as the sources write it, with the gazetteer's
        ("Shusha", "city", {"Shushi": 3, "Shusha": 1}, "Shusha"),  # both are in use
        ("Khankendi", "city", {"Stepanakert": 1}, "Stepanakert / Khankendi"),
        ("Laçın", "city", {"Lacin": 1}, "Laçın"),  # accents make no other name
        ("Armenia", "country", {"Hayastan": 2}, "Armenia"),  # a country keeps its name
        ("Baku", "city", {}, "Baku"),  # named by a demonym alone
    ],
)
def test_the_name_shown(name, kind, written, shown):
    assert display_name(entry(name, kind), Counter(written)) == shown


# ---- publishing


def test_a_reader_keeps_the_old_index_while_a_new_one_is_published(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    with open_index(path) as old:
        assert count(old) == 1
        build(tmp_path, {"b.md": TOKYO})
        assert count(old) == 1
        assert old.execute("select count(*) from mentions where text = 'Tokyo'").fetchone() == (0,)
        with open_index(path) as new:
            assert count(new) == 2
    assert left_over(tmp_path) == []


def test_readers_meet_no_error_during_rebuilds(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    done, errors, looks = threading.Event(), [], []

    def look():
        while not done.is_set():
            try:
                with open_index(path) as db:
                    looks.append((count(db), count(db, "mentions")))
            except Exception as error:
                errors.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for number in range(3):
            build(tmp_path, {f"b{number}.md": TOKYO})
    finally:
        done.set()
        reader.join()
    assert errors == []
    assert set(looks) <= {(1 + n, 1 + 2 * n) for n in range(4)}  # a whole index each time, never half of one


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_failed_build_leaves_the_old_index_and_nothing_else(tmp_path, error):
    path = build(tmp_path, {"a.md": BAKU})
    before = path.read_bytes()
    write_corpus(tmp_path / "articles", {"b.md": TOKYO})

    def fail(done, total):
        raise error

    with pytest.raises(error):
        build_index(tmp_path / "articles", path, progress=fail)
    assert path.read_bytes() == before
    assert left_over(tmp_path) == []
    # and the next build makes up for it
    assert build_index(tmp_path / "articles", path).articles == 2


def test_a_folder_without_articles_leaves_the_old_index(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    before = path.read_bytes()
    (tmp_path / "articles" / "a.md").unlink()
    with pytest.raises(EmptyCorpusError):
        build_index(tmp_path / "articles", path)
    assert path.read_bytes() == before
    assert left_over(tmp_path) == []


def test_an_index_that_cannot_be_written_is_named(tmp_path):
    write_corpus(tmp_path / "articles", {"a.md": BAKU})
    (tmp_path / "file").write_text("in the way")
    with pytest.raises((CorpusError, OSError), match="file"):
        build_index(tmp_path / "articles", tmp_path / "file" / "index.gpkg")


# ---- when it is built again


def changes():
    def add(folder):
        write_corpus(folder, {"b.md": TOKYO})

    def edit(folder):
        write_corpus(folder, {"a.md": TOKYO})

    def remove(folder):
        (folder / "c.txt").unlink()

    def rename(folder):
        (folder / "c.txt").rename(folder / "d.txt")

    def add_html(folder):
        write_corpus(folder, {"sub/e.html": "<p>Snow fell in Oslo.</p>"})

    def same_size_and_time(folder):
        state = (folder / "a.md").stat()
        (folder / "a.md").write_text(BAKU.replace("Baku", "Oslo"))
        os.utime(folder / "a.md", ns=(state.st_atime_ns, state.st_mtime_ns))

    def capitals(folder):
        write_corpus(folder, {"f.TXT": "Snow fell in Oslo.\n", "g.HTML": "<p>Snow fell in Oslo.</p>"})

    def own_places(folder):
        write_corpus(folder, {"places.csv": "name,lat,lon\nBlue Camp,39.62,46.5\n"})

    return [add, edit, remove, rename, add_html, same_size_and_time, capitals, own_places]


@pytest.mark.parametrize("change", changes(), ids=lambda change: change.__name__)
def test_built_again_when_the_articles_change(tmp_path, change):
    path = build(tmp_path, {"a.md": BAKU, "c.txt": "Snow fell in Oslo.\n"})
    change(tmp_path / "articles")
    assert build_index(tmp_path / "articles", path).rebuilt
    with open_index(path) as db:
        files = {file for (file,) in db.execute("select file from articles")}
    there = {p.relative_to(tmp_path / "articles").as_posix() for p in (tmp_path / "articles").rglob("*.*")}
    assert files == there - {"places.csv"}
    assert not build_index(tmp_path / "articles", path).rebuilt


def test_not_built_again_when_nothing_changed(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    before = path.stat().st_ino
    report = build_index(tmp_path / "articles", path)
    assert not report.rebuilt
    assert path.stat().st_ino == before
    assert build_index(tmp_path / "articles", path, force=True).rebuilt


def test_files_that_are_no_articles_change_nothing(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    write_corpus(tmp_path / "articles", {"notes.rtf": b"rtf", ".a.md.swp": "x", ".git/b.txt": "x", ".c/d.md": "x"})
    (tmp_path / "articles" / "a.md").touch()
    assert not build_index(tmp_path / "articles", path).rebuilt


def test_a_touched_file_of_the_code_changes_nothing(tmp_path):
    for package in ("geodata", "corpus"):
        ignored = shutil.ignore_patterns("data", "upstream", "__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    (tmp_path / "geodata" / "data").symlink_to(ROOT / "geodata" / "data")
    write_corpus(tmp_path / "articles", {"a.md": BAKU})
    code = "from pathlib import Path; from corpus.index.fingerprint import fingerprint as f; print(f(Path('articles')))"

    def told():
        command = [sys.executable, "-c", code]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    before = told()
    for file in tmp_path.rglob("*.py"):
        file.touch()
    assert told() == before


def test_built_again_when_the_shipped_data_change(tmp_path):
    # in a copy of the packages: the print of the sources must not stay the same
    for package in ("geodata", "corpus"):
        shutil.copytree(
            ROOT / package, tmp_path / "code" / package, ignore=shutil.ignore_patterns("upstream", "__pycache__")
        )
    write_corpus(tmp_path / "articles", {"a.md": BAKU})
    code = """if True:
        import sys
        from pathlib import Path
        from corpus.index.fingerprint import fingerprint, print_of_reading
        articles, root = Path(sys.argv[1]), Path(sys.argv[2])
        prints = [fingerprint(articles), fingerprint(articles)]
        names = ("geodata/data/toponym_weights.csv", "geodata/resolution/resolver.py", "corpus/dating/link_dates.py",
            "corpus/languages/furniture.toml")
        for name in names:
            with (root / name).open("a") as file:
                file.write(chr(10))
            print_of_reading.cache_clear()
            prints.append(fingerprint(articles))
        print(len(prints), len(set(prints)), prints[0] == prints[1])
    """
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "articles"), str(tmp_path / "code")],
        cwd=tmp_path / "code",
        env=os.environ | {"PYTHONPATH": str(tmp_path / "code")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split() == ["6", "5", "True"]


def test_the_folder_may_lie_anywhere(tmp_path):
    """The index says what it was built from, not where that lay."""
    write_corpus(tmp_path / "one", {"a.md": BAKU})
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


# ---- an index that is none


def broken_files():
    def missing(path):
        path.unlink()

    def empty(path):
        path.write_bytes(b"")

    def zeros(path):
        path.write_bytes(bytes(path.stat().st_size))  # as after a power cut

    def garbage(path):
        path.write_bytes(b"not a database" * 400)

    def cut_off(path):
        path.write_bytes(path.read_bytes()[:50_000])

    def another_database(path):
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute("create table meta(a)")
        db.close()

    def another_version(path):
        with sqlite3.connect(path) as db:
            db.execute("update meta set value = '0' where key = 'version'")
        db.close()

    def no_version(path):
        with sqlite3.connect(path) as db:
            db.execute("delete from meta where key = 'version'")
        db.close()

    def folder(path):
        path.unlink()
        path.mkdir()

    return [missing, empty, zeros, garbage, cut_off, another_database, another_version, no_version, folder]


@pytest.fixture
def copied(index_path, tmp_path):
    return shutil.copy(index_path, tmp_path / "index.gpkg")


@pytest.mark.parametrize("breaks", broken_files(), ids=lambda breaks: breaks.__name__)
def test_a_broken_index_is_named_with_the_way_out(copied, breaks):
    breaks(copied)
    with pytest.raises(IndexNotUsableError) as caught, open_index(copied) as db:
        count(db, "mentions")
        db.execute("select * from mentions").fetchall()
    assert "index.gpkg" in str(caught.value)
    assert "dashboard build" in str(caught.value)


OTHERS = ("garbage", "another_database", "folder")  # nobody can say that these were ours


@pytest.mark.parametrize("breaks", [b for b in broken_files() if b.__name__ not in OTHERS], ids=lambda b: b.__name__)
def test_a_broken_index_is_built_again(tmp_path, breaks):
    path = build(tmp_path, {"a.md": BAKU})
    breaks(path)
    assert stored_fingerprint(path) is None
    assert build_index(tmp_path / "articles", path).rebuilt
    with open_index(path) as db:
        assert count(db, "mentions") == 1


def test_random_bytes_anywhere_in_an_index_are_noticed(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    whole = path.read_bytes()
    dice = Random(11)
    for _ in range(40):
        at = dice.randrange(HEADER, len(whole) - 16)
        path.write_bytes(whole[:at] + dice.randbytes(16) + whole[at + 16 :])
        assert stored_fingerprint(path) is None, at
        refuse_another(path)  # it is still known as ours
    path.write_bytes(whole)
    assert stored_fingerprint(path) == fingerprint(tmp_path / "articles")


def test_a_schema_that_is_no_text_is_damage(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    whole = path.read_bytes()
    at = whole.index(b"CREATE TABLE meta(") + len("CREATE ")
    path.write_bytes(whole[:at] + b"\xed" * 5 + whole[at + 5 :])  # SQLite repeats it where it says what is wrong
    assert stored_fingerprint(path) is None
    assert build_index(tmp_path / "articles", path).rebuilt


def strangers(folder):
    """Return files that are no index of ours, and a place where no file can be."""
    (folder / "article.txt").write_text("Rain fell in Baku.\n")
    gpd.GeoDataFrame(geometry=gpd.points_from_xy([1], [2]), crs=4326).to_file(folder / "mine.gpkg", driver="GPKG")
    with closing(sqlite3.connect(folder / "mine.db")) as db:
        db.executescript("create table meta(key, value); insert into meta values ('version', '1')")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to(folder / "nowhere")
    return ["article.txt", "mine.gpkg", "mine.db", "folder", "pipe", "link"]


def test_only_an_index_of_ours_is_written_over(tmp_path):
    write_corpus(tmp_path / "articles", {"a.md": BAKU})
    for name in strangers(tmp_path):
        path = tmp_path / name
        before = path.read_bytes() if path.is_file() else path.lstat()
        for force in (False, True):
            with pytest.raises(IndexNotUsableError, match=rf"{name}.*; name another file"):
                build_index(tmp_path / "articles", path, force=force)
        assert before == (path.read_bytes() if path.is_file() else path.lstat()), name
    with pytest.raises(IndexNotUsableError, match="no file that can be written"):
        build_index(tmp_path / "articles", Path(os.devnull))


FILL = """if True:
    import resource, signal, sys
    from pathlib import Path
    from corpus.build import build_index
    from corpus.errors import IndexNotUsableError
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as on a full disk, a write fails
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        build_index(Path(sys.argv[1]), Path(sys.argv[2]))
    except IndexNotUsableError as error:
        print(error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 50_000, 150_000])  # at the first layer, in the tables, at the end
def test_a_full_disk_leaves_the_old_index(tmp_path, room):
    path = build(tmp_path, {"a.md": BAKU})
    before = path.read_bytes()
    write_corpus(tmp_path / "articles", {"b.md": TOKYO})
    command = [sys.executable, "-c", FILL, tmp_path / "articles", path, str(room)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "cannot be written" in said
    assert "see that there is room" in said
    assert path.read_bytes() == before
    assert left_over(tmp_path) == []


def test_the_draft_of_a_build_that_was_killed_is_removed(tmp_path):
    path = build(tmp_path, {"a.md": BAKU})
    for name in (".index.gpkg.7-0.draft", f".index.gpkg.{os.getpid()}-0.draft"):  # a process of our number, too
        write_corpus(tmp_path / name, {"index.gpkg": b"half", "index.gpkg-journal": b""})
    assert build_index(tmp_path / "articles", path, force=True).rebuilt
    assert left_over(tmp_path) == []


def test_the_draft_of_a_living_build_is_left_alone(tmp_path):
    path = tmp_path / "index.gpkg"
    with draft_of(path) as one, draft_of(path) as other:
        one.write_bytes(b"one")
        other.write_bytes(b"other")
        assert one.parent != other.parent
        assert one.parent.is_dir()
    assert path.read_bytes() == b"one"  # which ended last
    assert left_over(tmp_path) == []


def test_an_index_cannot_be_changed_by_a_reader(index):
    with pytest.raises(sqlite3.OperationalError):
        index.execute("delete from articles")


def test_the_index_says_how_it_was_built(index):
    meta = read_meta(index)
    assert meta["articles"] == "5"
    assert json.loads(meta["problems"]) == []


def test_it_keeps_the_rules_of_the_format(index_path):
    assert geopackage_faults(index_path) == []


def test_a_broken_geopackage_is_seen(tmp_path, index_path):
    path = Path(shutil.copy(index_path, tmp_path / "broken.gpkg"))
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            "create table odd(name text primary key); "
            "insert into gpkg_contents(table_name, data_type, identifier) values ('odd', 'attributes', 'odd'), "
            "('gone', 'attributes', 'gone'); drop trigger rtree_places_geom_update1"
        )
    told = " ".join(geopackage_faults(path))
    for fault in ("odd has no integer key", "gone is listed and not there", "places lacks rtree_places_geom_update1"):
        assert fault in told


def test_datasette_finds_the_full_text(index_path):
    from datasette.utils import detect_fts

    with closing(sqlite3.connect(index_path)) as db:
        assert detect_fts(db, "passages") == "passages_fts"
