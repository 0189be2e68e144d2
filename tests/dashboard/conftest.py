import pytest

from dashboard.__main__ import main


@pytest.fixture
def run(capsys):
    """Run a command; return its exit status and what it said on both channels."""

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        return (status, *capsys.readouterr())

    return run
