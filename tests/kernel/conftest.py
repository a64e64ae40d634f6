"""What the kernel's tests lean on. Organisations are mere ids here: the kernel knows no more of them."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, models

from rundbord.kernel import tenancy
from tests.kernel.house import House
from tests.kernel.postbox import Postbox

HERE = Path(__file__).parent


@pytest.fixture
def now() -> datetime:
    """A Monday morning in winter."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def ours() -> UUID:
    """Our organisation."""
    return UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def theirs() -> UUID:
    """The tempting twin."""
    return UUID("22222222-2222-4222-8222-222222222222")


@pytest.fixture
def scoped(ours: UUID, db: None) -> Iterator[UUID]:
    """Our organisation, its scope open."""
    with tenancy.scope(ours):
        yield ours


@pytest.fixture
def keys(settings, tmp_path: Path) -> Path:
    """A key file of this test's own, not yet made."""
    settings.RUNDBORD_KEY_FILE = tmp_path / "keys.json"
    return settings.RUNDBORD_KEY_FILE


@pytest.fixture
def letters(settings) -> None:
    """The test's own letter templates."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def postbox(settings, letters: None) -> Iterator[Postbox]:
    """A real mail server, and the out-tray set up to use it."""
    with Postbox() as box:
        settings.RUNDBORD_MAIL = box.url
        yield box


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def house(built: House) -> House:
    """The kernel on an empty database of its own, to be run in processes that can be killed."""
    built.ask("clear")
    return built


@pytest.fixture
def tables() -> Iterator[Callable[..., None]]:
    """Makes the tables of models that only a test has; they are dropped afterwards."""
    made: list[type[models.Model]] = []

    def make(*wanted: type[models.Model]) -> None:
        with connection.schema_editor() as editor:
            for model in wanted:
                editor.create_model(model)
                made.append(model)

    yield make
    with connection.schema_editor() as editor:
        for model in reversed(made):
            editor.delete_model(model)
