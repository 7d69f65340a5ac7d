"""What an installation may choose. How to reach Temporal is said by `temporal.toml` and TEMPORAL_*, not here."""

from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.home import Home
from config.wording import faults
from domain.terms.refusals import Misuse

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
    """Id, in the pack's staff file, of the person who acts, on a home of one user."""

    audit_anchor: Folder | None = None
    """A file that can lie elsewhere, to which the newest mark of the audit is added every day."""

    identity_provider: Folder | None = None
    """A file that says whose tokens `plazo login` takes besides our own, and what they mean; for a worker."""

    token_file: Folder = Path("~/.config/plazo/token")
    """The staff token that `plazo login` keeps; another file for each shell where people share an account."""

    second_token_file: Folder | None = None
    """The staff token of a second person, who confirms (`--confirmed-by`)."""

    policy: Folder = _BESIDE_THE_FRONT_DOOR / "policy"
    """The policy pack."""

    directory_file: Folder = _BESIDE_THE_FRONT_DOOR / "examples" / "directory.toml"
    """Members and providers, for the file-backed directory."""

    database_url: str = Field(
        default_factory=lambda chosen: f"sqlite:///{Home(chosen['home']).register_db}",
        repr=False,  # a PostgreSQL address carries its password
    )
    """The register, as SQLAlchemy names databases."""

    spool: Folder = Field(default_factory=lambda chosen: Home(chosen["home"]).spool)
    """Where letters are laid out for whoever prints and mails them."""

    mail_house_key: str | None = None
    """The public key (age) of whoever mails letters; they are sealed for it too, in `sealed` of the spool."""

    kms_pin_file: Folder | None = None
    """A file with the PIN of the PKCS#11 token that wraps the key ring, for its owner alone."""

    payments: Folder = Field(default_factory=lambda chosen: Home(chosen["home"]).payments)
    """Where instructions to pay are laid out for the claims system."""

    documents: Folder = Field(default_factory=lambda chosen: Home(chosen["home"]).documents)
    """Where attached documents are kept, encrypted."""

    mail_run: time | None = None
    """When letters, faxes and e-mails of new cases leave on business days; until then an answer is taken back."""

    smtp_host: str | None = None
    """The mail server for notices that go by e-mail; without one they lie in the spool."""

    smtp_port: int = 587
    """Its port."""

    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the way to it is encrypted."""

    smtp_user: str | None = None
    """Who we are there, where it asks."""

    smtp_password: SecretStr | None = None
    """And how we show it."""

    smtp_sender: str | None = None
    """The address from which notices come; needed with a mail server."""

    fax_domain: str | None = None
    """Faxes go as an e-mail to NUMBER@ this domain; without it they lie in the spool."""

    task_queue: str = "plazo"
    """The Temporal task queue on which commands and workers meet."""

    cases_at_hand: int = Field(default=1000, ge=2)
    """How many cases a worker keeps in memory, 0.3 MB each; others are replayed when something happens."""

    cases_at_once: int = Field(default=20, ge=2)
    """How many cases a worker thinks about at once; the others wait in line, expedited ones in front."""

    steps_at_once: int = Field(default=100, ge=2)
    """How many steps of cases a worker takes at once: pages, letters, questions to others."""

    house_namespace: str = "plazo-house"
    """The Temporal namespace of look-ups and supervision, which keeps little; a worker makes it where it may."""

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[Any, ...]:
        """What was given and the environment; to look into no files, field by field, takes as long again each."""
        return sources["init_settings"], sources["env_settings"]

    @property
    def limits(self) -> dict[str, int]:
        """What a worker of cases takes upon itself, as the engine names it."""
        return {
            "max_cached_workflows": self.cases_at_hand,
            "max_concurrent_workflow_tasks": self.cases_at_once,
            "max_concurrent_activities": self.steps_at_once,
        }

    @field_validator("smtp_sender")
    @classmethod
    def _a_server_knows_its_sender(cls, sender: str | None, chosen: ValidationInfo) -> str | None:
        if chosen.data.get("smtp_host") and not (sender and "@" in sender):
            raise ValueError("with PLAZO_SMTP_HOST this is the e-mail address of the sender")
        return sender

    @field_validator("fax_domain")
    @classmethod
    def _faxes_by_mail_need_a_server(cls, domain: str | None, chosen: ValidationInfo) -> str | None:
        if domain and not chosen.data.get("smtp_host"):
            raise ValueError("faxes by e-mail need a mail server (PLAZO_SMTP_HOST)")
        return domain


def load(**chosen: Any) -> Settings:
    """The settings, with what the command line chose on top; None means that it chose nothing.

    Raises Misuse that names the setting and never repeats its value.
    """
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})
    except ValidationError as error:
        name, said = next(iter(faults(error).items()))
        raise Misuse(f"The setting {name} (PLAZO_{name.upper()}) is not valid: {said}.") from None
