from pathlib import Path

import pytest

from ambassador.config import Settings, database_name, normal_url, settings
from ambassador.errors import ConfigurationError


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))
    monkeypatch.delenv("AMBASSADOR_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


def test_without_a_word_the_database_is_a_file_in_the_data_folder(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert settings().database_url == f"sqlite:///{tmp_path.as_posix()}/ambassador.db"
    assert settings().demo_url == f"sqlite:///{tmp_path.as_posix()}/demo.db"


def test_a_path_is_a_database_too(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("AMBASSADOR_DATABASE_URL", str(tmp_path / "brezza.db"))
    assert Settings().database_url == f"sqlite:///{(tmp_path / 'brezza.db').as_posix()}"


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("postgres://db/q1", "postgresql+pg8000://db/q1"),
        ("postgresql+pg8000://db/q1", "postgresql+pg8000://db/q1"),
        (
            "postgresql://u:@/q1?host=%2Frun%2Fpg",
            "postgresql+pg8000://u:@/q1?unix_sock=/run/pg/.s.PGSQL.5432",
        ),
        (
            "postgresql://u:@/q1?host=/run/pg&port=5433&ssl=1",
            "postgresql+pg8000://u:@/q1?ssl=1&unix_sock=/run/pg/.s.PGSQL.5433",
        ),
        ("postgresql://u@/q1?host=db.example", "postgresql+pg8000://u@/q1?host=db.example"),
    ],
)
def test_every_form_of_a_postgresql_address_is_understood(given: str, opened: str) -> None:
    assert normal_url(given) == opened


def test_the_real_server_is_reached_by_the_address_it_gives_itself(postgresql_url: str) -> None:
    assert normal_url(postgresql_url).startswith("postgresql+pg8000://")


def test_another_kind_of_database_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="mysql://db"):
        normal_url("mysql://db")


def test_a_wrong_setting_is_refused_by_its_name(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("AMBASSADOR_LANGUAGE", "klingon")
    with pytest.raises(ConfigurationError, match=r"AMBASSADOR_LANGUAGE .*klingon"):
        settings()


@pytest.mark.parametrize("address", ["", "local", "local:4", "tcp://10.0.0.5:8786", "tls://head:8786"])
def test_a_scheduler_is_named_by_its_address(environment: pytest.MonkeyPatch, address: str) -> None:
    environment.setenv("AMBASSADOR_SCHEDULER", address)
    assert settings().scheduler == address


def test_tiers_are_three_rising_numbers(environment: pytest.MonkeyPatch) -> None:
    assert settings().tiers == (10_000, 100_000, 1_000_000)
    environment.setenv("AMBASSADOR_TIERS", "[5, 50, 500]")
    assert Settings().tiers == (5, 50, 500)
    settings.cache_clear()
    environment.setenv("AMBASSADOR_TIERS", "[5, 5, 500]")
    with pytest.raises(ConfigurationError, match=r"AMBASSADOR_TIERS .*three rising numbers"):
        settings()


@pytest.mark.parametrize("address", ["head:8786", "tcp://head", "http://head:80", "local:0"])
def test_another_address_of_a_scheduler_is_refused(environment: pytest.MonkeyPatch, address: str) -> None:
    environment.setenv("AMBASSADOR_SCHEDULER", address)
    with pytest.raises(ConfigurationError, match=r"AMBASSADOR_SCHEDULER .*write tcp://host:port"):
        settings()


def test_the_name_of_a_database_never_holds_its_password() -> None:
    assert database_name("postgresql+pg8000://ann:secret@host/q1") == "q1"
