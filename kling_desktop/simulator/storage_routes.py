"""Uploads: a presigned address and a PUT, or a token and a POST (fal's CDN docs and clients).

Uploads in parts have their place here and are not there yet.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kling_desktop.simulator.accounts import Account, Host
from kling_desktop.simulator.clock import rfc3339
from kling_desktop.simulator.context import NUMBER, Context, origin_of
from kling_desktop.simulator.files import new_file_id, safe_name, url_path
from kling_desktop.simulator.incoming import body_chunks, json_object
from kling_desktop.simulator.replies import Reply, detail_reply, json_reply

if TYPE_CHECKING:
    from aiohttp import web

    from kling_desktop.simulator.files import StoredFile

_STORES = frozenset({"fal-cdn-v3", "gcs"})
_TOKEN_LIFE = 30 * 86_400.0


class StorageRoutes:
    """The answers of the storage hosts."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._secret = secrets.token_bytes(32)

    async def initiate(self, request: web.Request) -> Reply:
        """Hands out an address to PUT a file to, and the one under which it will be served."""
        account = self._account(request)
        if isinstance(account, Reply):
            return account
        body = await json_object(request, self._context.ledger)
        if body is None or request.query.get("storage_type") not in _STORES:
            return detail_reply(422, "storage_type, file_name and content_type are needed")
        name = safe_name(str(body.get("file_name") or "upload.bin"))
        content_type = str(body.get("content_type") or "application/octet-stream")
        file_id = new_file_id()
        expires = int(self._context.clock.now() + self._context.settings.upload_url_seconds)
        query = {"name": name, "type": content_type, "expires": str(expires)}
        signed = urlencode({**query, "signature": self._sign(file_id, query)})
        origin = origin_of(request)
        return json_reply(
            200,
            {
                "upload_url": f"{origin}/storage/put/{file_id}?{signed}",
                "file_url": f"{origin}{url_path(file_id, name)}",
            },
        )

    async def put(self, request: web.Request) -> Reply:
        """Takes the bytes; the address itself is the permission."""
        file_id = request.match_info["file_id"]
        query = {name: request.query.get(name, "") for name in ("name", "type", "expires")}
        if not hmac.compare_digest(self._sign(file_id, query), request.query.get("signature", "")):
            return _denied("SignatureDoesNotMatch")
        if float(query["expires"]) < self._context.clock.now():
            return _denied("AccessDenied: Request has expired")
        content_type = request.headers.get("Content-Type") or query["type"]
        stored = await self._take(request, file_id, query["name"], content_type)
        return Reply(200, b"", {"ETag": f'"{stored.sha256}"'})

    async def token(self, request: web.Request) -> Reply:
        """A token for direct uploads."""
        account = self._account(request)
        if isinstance(account, Reply):
            return account
        expires = self._context.clock.now() + _TOKEN_LIFE
        query = {"expires": str(int(expires))}
        return json_reply(
            200,
            {
                "token": f"{query['expires']}.{self._sign('token', query)}",
                "token_type": "Bearer",
                "base_url": origin_of(request),
                "expires_at": rfc3339(expires).replace("Z", "+00:00"),
            },
        )

    async def upload(self, request: web.Request) -> Reply:
        """Takes a file whole, with a token."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        expires, _, signature = token.partition(".")
        good = hmac.compare_digest(self._sign("token", {"expires": expires}), signature)
        if scheme != "Bearer" or not good or float(expires) < self._context.clock.now():
            return detail_reply(401, "Invalid or expired token")
        name = safe_name(request.headers.get("X-Fal-File-Name", "upload.bin"))
        content_type = request.headers.get("Content-Type", "application/octet-stream")
        stored = await self._take(request, new_file_id(), name, content_type)
        return json_reply(200, {"access_url": f"{origin_of(request)}{stored.url_path}"})

    async def _take(
        self, request: web.Request, file_id: str, name: str, content_type: str
    ) -> StoredFile:
        stored = await self._context.files.take(
            file_id, name, content_type, body_chunks(request), self._context.clock.now()
        )
        self._context.ledger.note_body(request[NUMBER], stored.size, stored.sha256)
        return stored

    def _account(self, request: web.Request) -> Account | Reply:
        return self._context.accounts.find(request.headers.get("Authorization", ""), Host.REST)

    def _sign(self, what: str, query: dict[str, str]) -> str:
        text = f"{what}?{urlencode(sorted(query.items()))}"
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()


def _denied(code: str) -> Reply:
    page = f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code></Error>"
    return Reply(403, page.encode(), {"Content-Type": "application/xml"})
