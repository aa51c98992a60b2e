"""What a call of the Bot API brings: query, form, multipart or JSON, all read alike; numbers may come as text."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.playground.files import File
from bot.playground.refusals import bad_request


class Arguments:
    """The arguments of one call by name."""

    def __init__(self, given: Mapping[str, Any], uploads: Mapping[str, File] | None = None) -> None:
        self.given = dict(given)
        self._uploads = dict(uploads or {})

    def text(self, name: str) -> str:
        """A text, empty when missing."""
        value = self.given.get(name)
        return value if isinstance(value, str) else "" if value is None else json.dumps(value)

    def number(self, name: str) -> int | None:
        """A whole number, None when missing or none."""
        try:
            return int(self.text(name))
        except ValueError:
            return None

    def truth(self, name: str) -> bool:
        """A boolean, as Telegram reads them."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """A JSON value, itself or as text; Refused when it does not parse."""
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            return None if value == "" else value
        try:
            return json.loads(value)
        except ValueError:
            what = "reply keyboard markup" if name == "reply_markup" else name
            raise bad_request(f"can't parse {what} JSON object") from None

    def upload(self, name: str) -> File | None:
        """A file that came with the call, under this name or attached under another."""
        return self._uploads.get(self.text(name).removeprefix("attach://")) or self._uploads.get(name)


async def read_arguments(request: Request) -> Arguments:
    """Read the query and the body; the body goes first."""
    given: dict[str, Any] = dict(request.query_params)
    uploads = dict[str, File]()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON object")
        given |= body
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[name] = File(value.filename or name, value.content_type or "", await value.read())
                else:
                    given[name] = value
    return Arguments(given, uploads)
