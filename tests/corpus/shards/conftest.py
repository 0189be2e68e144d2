"""What several tests of shards begin with: made once, because to read the files takes seconds."""

import pytest
from builders import write_corpus
from varied import FILES

from corpus.shards import parting
from corpus.shards.build import build_shards


@pytest.fixture(scope="session")
def sharded(tmp_path_factory):
    """A folder with the files, in `in`, and shards of some files each, in `out`; to be copied, not to be written to."""
    home = tmp_path_factory.mktemp("sharded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parting, "LARGEST", 6_000)
        build_shards(write_corpus(home / "in", FILES), str(home / "out"))
    return home
