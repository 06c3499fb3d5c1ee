"""A session on a real file that is made once; what a test changes is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from revmentor_desktop.store.workspace import Workspace
from tests import factory


@pytest.fixture(scope="session")
def _one_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("services")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REVMENTOR_DATA_DIR", str(folder / "data"))
        made = factory.workspace(Path(folder))
    yield made
    made.close()


@pytest.fixture
def session(_one_file: Workspace) -> Iterator[Session]:
    """A session whose changes nobody else sees."""
    with _one_file.reading() as session:
        yield session
