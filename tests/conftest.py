"""What every test may use: real input that none of us wrote, and a fixed clock."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

NOW = datetime(2026, 3, 2, 9, 0)


@pytest.fixture(scope="session")
def now() -> datetime:
    """A Monday morning on which every test takes place."""
    return NOW


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input beside the checkout; the test is skipped where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder shared/data with real input is not beside this checkout")
    return folder
