"""One folder of compiled functions for the whole run, so that no test finds what another machine left behind."""

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("kernels")
