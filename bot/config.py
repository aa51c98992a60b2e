"""What an operator can set, by environment or `.env`. All problems are told at once, each with its remedy.

The token never appears in a repr, a log line or an error.
"""

from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import OperatorError

TELEGRAM = "https://api.telegram.org/bot"
SQLITE = "sqlite+aiosqlite:///"


class Settings(BaseSettings):
    """The settings; README has the same table for readers."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    telegram_bot_token: SecretStr | None = Field(None, description="the token from BotFather")
    telegram_api_url: str = Field(TELEGRAM, description="where the Bot API is; the token is appended")
    database_url: str = Field(f"{SQLITE}data/steady.db", description="where everything is kept")
    database_on_volume: bool = Field(False, description="the disk below DATABASE_URL outlives this machine")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")
    log_format: Literal["text", "json"] = Field("text", description="for eyes or for machines")
    test_clock_url: str | None = Field(None, description="tests only: take the time from the stand-in")

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None or not token.get_secret_value().strip():
            return None
        number, _, secret = token.get_secret_value().strip().partition(":")
        if not number.isdigit() or not secret:
            raise ValueError("a token looks like 123456:ABC-DEF; copy it again from BotFather")
        return SecretStr(f"{number}:{secret}")

    @field_validator("telegram_api_url", "test_clock_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("an address begins with https:// (or http:// on your own machine)")
        return url.rstrip("/") if url else url

    @field_validator("database_url")
    @classmethod
    def _is_a_database_we_speak(cls, url: str) -> str:
        if url.startswith("sqlite:///"):
            return SQLITE + url.removeprefix("sqlite:///")
        if not url.startswith(SQLITE):
            raise ValueError("write sqlite:///data/steady.db (a path relative to here) or sqlite:////absolute/path.db")
        return url


def read_settings() -> Settings:
    """Read the environment and `.env`. Raises `OperatorError` that names every setting that is wrong."""
    try:
        return Settings()  # type: ignore[call-arg]  # every field has a default that mypy cannot see
    except ValidationError as error:
        wrong = [
            f"{str(e['loc'][0]).upper() if e['loc'] else 'settings'}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors(include_input=False)
        ]
        raise OperatorError("These settings are wrong. " + "; ".join(wrong) + ".") from None
