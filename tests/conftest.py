"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is slow, which is no mistake of an example.
settings.register_profile("amparo", deadline=None)
settings.load_profile("amparo")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of survey files that AMPARO_DATA names; without it a test skips, or fails if CI=true."""
    folder = os.environ.get("AMPARO_DATA")
    if folder and Path(folder).is_dir():
        return Path(folder).resolve()
    reason = f"AMPARO_DATA={folder!r} is no folder" if folder else "AMPARO_DATA names no folder of survey files"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; under CI=true these tests must run")
    pytest.skip(reason)
