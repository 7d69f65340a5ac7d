"""What an installation may choose. How to reach Temporal is said by `temporal.toml` and TEMPORAL_*, not here."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.home import Home
from domain.refusals import Misuse

Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]

_BESIDE_THE_FRONT_DOOR = Path(__file__).parent.parent


class Settings(BaseSettings):
    """Each field is also an environment variable, `PLAZO_` and its name; an option given wins over it."""

    model_config = SettingsConfigDict(
        env_prefix="PLAZO_", env_ignore_empty=True, extra="ignore", frozen=True, validate_default=True
    )

    home: Folder = Path("~/.plazo")
    """Everything that the embedded server and the register keep on disk."""

    staff: str | None = None
    """Id, in the pack's staff file, of the person who acts."""

    policy: Folder = _BESIDE_THE_FRONT_DOOR / "policy"
    """The policy pack."""

    directory_file: Folder = _BESIDE_THE_FRONT_DOOR / "examples" / "directory.toml"
    """Members and providers, for the file-backed directory."""

    database_url: str = Field(
        default_factory=lambda chosen: f"sqlite+aiosqlite:///{Home(chosen['home']).register_db}",
        repr=False,  # a PostgreSQL address carries its password
    )
    """The register, as SQLAlchemy names databases."""

    spool: Folder = Field(default_factory=lambda chosen: Home(chosen["home"]).spool)
    """Where letters are laid out for whoever prints and mails them."""

    payments: Folder = Field(default_factory=lambda chosen: Home(chosen["home"]).payments)
    """Where instructions to pay are laid out for the claims system."""

    documents: Folder = Field(default_factory=lambda chosen: Home(chosen["home"]).documents)
    """Where attached documents are kept, encrypted."""

    task_queue: str = "plazo"
    """The Temporal task queue on which commands and workers meet."""


def load(**chosen: Any) -> Settings:
    """The settings, with what the command line chose on top; None means that it chose nothing.

    Raises Misuse that names the setting and never repeats its value.
    """
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise Misuse(f"The setting {name} (PLAZO_{name.upper()}) is not valid: {first['msg']}.") from None
