"""Settings of this installation, from the environment, validated when they are first read."""

import getpass
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Self

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from ambassador.errors import ConfigurationError
from ambassador.i18n import PSEUDO, languages, mark

PREFIX = "AMBASSADOR_"
OWN_DATABASE = "ambassador.db"
DEMO_DATABASE = "demo.db"
_POSTGRES_SCHEMES = ("postgresql", "postgres", "postgresql+pg8000")
_POSTGRES_PORT = 5432
_PASSWORD = re.compile(r"(://[^:/@]*:).*@")
_SCHEDULER = re.compile(r"local(:[1-9]\d*)?|(tcp|tls)://[^/:\s]+:\d+")


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return os.environ.get("USERNAME", "unknown")


class Settings(BaseSettings):
    """What can be set from outside; every field is an environment variable ``AMBASSADOR_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data_folder: Path = Field(default_factory=lambda: user_data_path("ambassador", appauthor=False))
    database_url: str = ""
    user: str = Field(default_factory=_system_user)
    language: str = ""
    """Empty: the reader's own, from the browser or the shell."""
    scheduler: str = ""
    """Where picks are computed: a Dask scheduler, or ``local:4`` processes; empty: in this process."""
    shared_folder: Path | None = None
    """A folder every worker of the cluster sees; without it they are sent the network."""

    allowed_hosts: str = ""
    """Names the app is reached by besides this machine's own, with commas: those of a reverse proxy."""

    backups_kept: int = Field(default=7, ge=0, le=1000)
    """How many backups made by themselves are kept of each kind; 0 makes none."""

    tiers: tuple[int, int, int] = (10_000, 100_000, 1_000_000)
    """From how many followers an account is micro, macro and mega; below it is nano."""

    @field_validator("language")
    @classmethod
    def _spoken(cls, value: str) -> str:
        if value not in {"", PSEUDO, *languages()}:
            message = f"write one of {', '.join(languages())}, or nothing for the reader's own"
            raise ValueError(message)
        return value

    @field_validator("tiers")
    @classmethod
    def _rising(cls, value: tuple[int, int, int]) -> tuple[int, int, int]:
        if not 0 < value[0] < value[1] < value[2]:
            message = "write three rising numbers of followers, such as [10000, 100000, 1000000]"
            raise ValueError(message)
        return value

    @field_validator("scheduler")
    @classmethod
    def _known_scheduler(cls, value: str) -> str:
        if value and not _SCHEDULER.fullmatch(value):
            message = "write tcp://host:port, tls://host:port, local or local:4"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        folder = self.data_folder.expanduser().absolute()
        object.__setattr__(self, "data_folder", folder)
        url = normal_url(self.database_url) if self.database_url else self.own_url
        object.__setattr__(self, "database_url", url)
        return self

    @property
    def hosts(self) -> frozenset[str]:
        """The names in ``allowed_hosts``, each by itself."""
        return frozenset(filter(None, (name.strip().lower() for name in self.allowed_hosts.split(","))))

    @property
    def own_url(self) -> str:
        """The user's own database where nothing else was said."""
        return normal_url(str(self.data_folder / OWN_DATABASE))

    @property
    def demo_url(self) -> str:
        """The demo's own database, beside the user's and never the same."""
        return normal_url(str(self.data_folder / DEMO_DATABASE))


@lru_cache
def settings() -> Settings:
    """Read the settings once; a wrong value is refused by name."""
    try:
        return Settings()
    except SettingsError as error:  # a list that is none
        field = str(error).partition('"')[2].partition('"')[0]
        name = PREFIX + field.upper()
        raise ConfigurationError(
            mark("{name} cannot be used as it is: docs/verbs.md says how it is written (it is {value!r})"),
            name=name,
            value=os.environ.get(name, ""),
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(
            mark("{name} cannot be used: {reason} (it is {value!r})"),
            name=name,
            reason=first["msg"],
            value=first["input"],
        ) from error


def normal_url(text: str) -> str:
    """Turn a path, an SQLite address or a PostgreSQL address into the form the store opens.

    Examples
    --------
    >>> normal_url("sqlite:////srv/team.db")
    'sqlite:////srv/team.db'
    >>> normal_url("postgresql://ann:pw@db.example/brand")
    'postgresql+pg8000://ann:pw@db.example/brand'
    >>> normal_url("postgresql://postgres:@/brand?host=/run/pg")
    'postgresql+pg8000://postgres:@/brand?unix_sock=/run/pg/.s.PGSQL.5432'
    """
    scheme, separator, rest = text.partition("://")
    if text.strip() in {"", ":memory:"}:
        raise ConfigurationError(
            mark("{url!r} is a database in memory, which keeps nothing: give a file"), url=text
        )
    if not separator:
        return "sqlite:///" + Path(text).expanduser().absolute().as_posix()
    if scheme == "sqlite":
        if rest.partition("?")[0] in {"", "/", "/:memory:"}:
            raise ConfigurationError(
                mark("{url!r} is a database in memory, which keeps nothing: give a file"), url=text
            )
        return text
    if scheme in _POSTGRES_SCHEMES:
        return "postgresql+pg8000://" + _with_socket(rest)
    raise ConfigurationError(
        mark("{url!r} is no database this program can open: give a file, sqlite:/// or postgresql://"),
        url=_PASSWORD.sub(r"\1…@", text),
    )


def database_name(url: str) -> str:
    """The name a person knows a database by: its file's or its own, never its password.

    Examples
    --------
    >>> database_name("sqlite:////srv/brezza.db"), database_name("postgresql+pg8000://ann:pw@host/q1?ssl=1")
    ('brezza', 'q1')
    """
    path = url.partition("://")[2].partition("?")[0]
    return Path(path).stem if url.startswith("sqlite") else path.rpartition("/")[2]


def _with_socket(rest: str) -> str:
    """Write libpq's ``?host=/folder`` as the socket file pg8000 asks for."""
    address, _, query = rest.partition("?")
    pairs = dict(pair.partition("=")[::2] for pair in query.split("&") if pair)
    folder = pairs.get("host", "").replace("%2F", "/").replace("%2f", "/")
    if folder.startswith("/"):
        del pairs["host"]
        port = pairs.pop("port", _POSTGRES_PORT)
        pairs["unix_sock"] = f"{folder}/.s.PGSQL.{port}"
    return address + ("?" + "&".join(f"{key}={value}" for key, value in pairs.items()) if pairs else "")
