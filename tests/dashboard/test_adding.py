"""The command `add`, and looking at what the page was handed in another process."""

import json

import pytest
from builders import write_corpus
from files import RAIN, rss

from dashboard import adding, config
from dashboard.__main__ import main
from dashboard.config import SHIPPED, Config, configure, folder_to_add_to, own_articles, read_config, show_instead

TEXT = f"Rain in Goris\n\nSeptember 14, 2022\n\n{RAIN}\n"


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "user_data_path", lambda *_, **__: tmp_path / "data")
    return tmp_path / "data" / "articles"


def test_files_are_added_to_a_folder(tmp_path, capsys):
    folder = write_corpus(tmp_path / "from", {"a.txt": TEXT, "b.xml": rss("<title>Rain in Kapan</title>").decode()})
    assert main(["add", str(folder / "a.txt"), str(folder / "b.xml"), "--to", str(tmp_path / "to")]) == 0
    out, err = capsys.readouterr()
    assert sorted(path.name for path in (tmp_path / "to").iterdir()) == [
        "2022-09-14-rain-in-goris.md",
        "rain-in-kapan.md",
    ]
    assert "2022-09-14-rain-in-goris.md: Rain in Goris, no outlet, 2022-09-14 (date line" in out
    assert f"Added 2 articles to {tmp_path / 'to'}: dateline serve" in out
    assert "b.xml: read, but it has no text but the title" in err
    main(["add", str(folder / "a.txt"), "--to", str(tmp_path / "to")])
    assert f"Added 0 articles to {tmp_path / 'to'}; there already: 1" in capsys.readouterr().out


def test_without_a_folder_they_go_to_the_users_own(own, tmp_path, capsys):
    folder = write_corpus(tmp_path / "from", {"a.txt": TEXT})
    assert main(["add", str(folder / "a.txt")]) == 0
    assert [path.name for path in own.iterdir()] == ["2022-09-14-rain-in-goris.md"]


def test_a_bad_file_fails_the_command_and_no_other_file(tmp_path, capsys):
    folder = write_corpus(tmp_path / "from", {"a.txt": b"\0\1\2", "b.txt": TEXT})
    assert main(["add", str(folder / "a.txt"), str(folder / "b.txt"), "--to", str(tmp_path / "to")]) == 1
    out, err = capsys.readouterr()
    assert "a.txt: left out" in err
    assert "Added 1 article" in out
    assert main(["add", str(folder / "none.txt"), "--to", str(tmp_path / "to")]) == 1
    assert "none.txt: it cannot be opened" in capsys.readouterr().err


def test_looking_keeps_nothing(own, tmp_path, capsys):
    folder = write_corpus(tmp_path / "from", {"a.txt": TEXT})
    assert main(["add", "--look", str(folder / "a.txt")]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["fields"]["date"], row["known"]["title"]) == ("2022-09-14", "the text")
    assert not own.exists()


@pytest.mark.slow
def test_the_page_looks_in_another_process(monkeypatch):
    names = ["a.txt", "../../b <c>.txt", "a.txt", "", "ü" * 300 + ".txt", "empty.txt"]
    handed = [(name, TEXT.encode() if name != "empty.txt" else b"") for name in names]
    previews, said = adding.look(handed)
    assert [one.fields["title"] for one in previews] == ["Rain in Goris"] * 5
    assert [message.partition(":")[0] for message in said] == ["empty.txt"]
    monkeypatch.setattr(adding, "SECONDS", 0.01)
    assert adding.look(handed) == ([], ["looking at them took over 0.01 s: add fewer at a time"])


def test_the_shipped_corpus_is_not_added_to(own):
    assert own_articles() == own
    assert folder_to_add_to(configure()) == own
    environment = configure().environment()
    assert read_config(environment).articles == SHIPPED
    show_instead(own, environment)
    assert read_config(environment).articles == own.resolve()
    assert folder_to_add_to(Config(own.parent, own)) == own.parent  # any other is
