"""What pyproject.toml cannot say: the dependencies are those of requirements.txt, but for the project itself."""

from pathlib import Path

from setuptools import setup

LINES = (Path(__file__).parent / "requirements.txt").read_text("utf-8").splitlines()
setup(install_requires=[line.partition("#")[0].strip() for line in LINES if line.strip() and line[0] not in "#-"])
