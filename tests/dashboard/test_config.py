"""Settings: the shipped corpus without any, a folder of one's own, and one index for each folder."""

import os
from pathlib import Path

import pytest
from builders import ROOT
from platformdirs import user_cache_path

from dashboard.config import SHIPPED, Config, configure, read_config


def test_the_shipped_corpus_without_settings():
    config = configure()
    assert config.articles == SHIPPED == ROOT / "corpus" / "articles"
    assert config.index.parent == user_cache_path("dateline", appauthor=False)
    assert read_config({}) == config


def test_a_folder_of_ones_own(tmp_path):
    config = configure(tmp_path / "news")
    assert config.articles == tmp_path / "news"
    assert config.index.parent == configure().index.parent  # never into the reader's folder
    assert config.index.name.startswith("news")


def test_two_folders_of_one_name_have_two_indexes(tmp_path):
    assert configure(tmp_path / "a" / "news").index != configure(tmp_path / "b" / "news").index
    assert configure(tmp_path / "a" / "news").index == configure(tmp_path / "a" / ".." / "a" / "news").index


def test_an_index_of_ones_own(tmp_path):
    assert configure(tmp_path, tmp_path / "x.gpkg") == Config(tmp_path, tmp_path / "x.gpkg")


def test_paths_are_absolute_for_the_pages_process(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = configure(Path("news"), Path("x.gpkg"))
    assert config == Config(tmp_path / "news", tmp_path / "x.gpkg")
    monkeypatch.chdir("/")
    assert read_config(config.environment()) == config


def test_home_is_understood(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert configure(Path("~/news")).articles == tmp_path / "news"


@pytest.mark.parametrize("name", ["news of today", "Ünïcödé", "a'b\"c", "-x", os.fsdecode(b"caf\xe9")])
def test_any_name_of_a_folder(tmp_path, name):
    config = configure(tmp_path / name)
    assert read_config(config.environment()) == config
    assert config.index.suffix == ".gpkg"


def test_empty_variables_are_none():
    assert read_config({"DATELINE_ARTICLES": "", "DATELINE_INDEX": ""}) == configure()
