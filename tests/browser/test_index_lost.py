"""An index that is lost under an open page: the reader sees the page again, not what went wrong inside it."""

import pytest
from builders import write_corpus
from conftest import WAIT
from playwright.sync_api import expect

from corpus.index.connection import stored_fingerprint

FILES = {
    "a.md": "---\ntitle: One\noutlet: The Post\ndate: 2022-09-14\n---\nShells fell near Goris in Armenia on Tuesday.\n",
    "b.md": "---\ntitle: Two\noutlet: The Mail\ndate: 2022-09-15\n---\nCrowds met in Jermuk, Armenia.\n",
}


@pytest.fixture
def server(serve, tmp_path):
    return serve(write_corpus(tmp_path / "articles", FILES))


def delete(path):
    path.unlink()


def overwrite(path):
    content = path.read_bytes()
    path.write_bytes(content[:40_000] + b"\xff" * 60_000 + content[100_000:])


@pytest.mark.parametrize("harm", [delete, overwrite], ids=lambda harm: harm.__name__)
def test_an_index_that_is_lost_is_built_again(visit, server, harm):
    here = visit(server)
    here.choose_place("Goris")
    before = here.headline.inner_text()
    here.words.evaluate("box => { window.box = box; }")
    harm(server.index)
    here.search("shells")
    expect(here.headline).not_to_have_text(before, timeout=2 * WAIT)
    here.settle()  # until then the page that was broken off stands below the new one
    expect(here.sources.get_by_text("Shells fell near").first).to_be_visible()
    assert stored_fingerprint(server.index) is not None
    assert here.words.evaluate("box => window.box === box")  # else what is typed meanwhile would be lost


def test_one_that_was_built_again_meanwhile_is_shown(visit, server, tmp_path):
    here = visit(server)
    here.choose_place("Jermuk")
    articles = tmp_path / "articles"
    (articles / "b.md").unlink()
    write_corpus(articles, {"c.md": FILES["b.md"].replace("Jermuk", "Sisian")})
    server.index.unlink()
    here.search("crowds")
    expect(here.sources.last).to_contain_text("Sisian", timeout=2 * WAIT)
    here.settle()
    here.choose_place("Sisian")
    here.wait_for_selection(here.server.ask("select id from places where name = 'Sisian'")[0][0])
    assert "Jermuk" not in here.on_map("name")
