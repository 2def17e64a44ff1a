"""The one comment of ours on a pull request: written once, and written anew after that."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from generator.errors import InputError, OutsideError
from generator.store.regular import fault

MOST_BYTES = 2_000_000
"""Largest event that is read."""
PAGES = 20
"""Pages of comments that are looked through, a hundred each."""
_SECONDS = 30.0


class Place(NamedTuple):
    """Where a comment goes."""

    api: str
    """Address of the API, such as https://api.github.com."""
    repository: str
    """Owner and name."""
    head: str
    """Commit that the workflow ran on, as GitHub says."""


def place_of(event: Path, api: str) -> Place:
    """Return where the event of a finished workflow says that it ran.

    Args:
        event: File of a ``workflow_run`` event, written by GitHub.
        api: Address of the API.

    Raises:
        InputError: It is no such event, or one of another kind of workflow.
    """
    problem = fault(event, str(event), MOST_BYTES)
    if problem is not None:
        raise InputError(str(problem))
    try:
        value = json.loads(event.read_bytes())
        ran = value["workflow_run"]
        kind, head = ran["event"], ran["head_sha"]
        repository = value["repository"]["full_name"]
    except (ValueError, KeyError, TypeError, RecursionError):
        msg = f"{event}: not the event of a finished workflow"
        raise InputError(msg) from None
    if kind != "pull_request" or not all(isinstance(each, str) for each in (head, repository)):
        msg = f"{event}: the workflow did not run for a pull request"
        raise InputError(msg)
    return Place(api.rstrip("/"), repository, head)


def comment(
    place: Place,
    number: int,
    text: str,
    mark: str,
    *,
    token: str,
    transport: httpx.BaseTransport | None = None,
) -> str:
    """Write the comment on a pull request, or write it anew; return its address.

    The number came with what a contributor's code wrote, so it must be that of an open pull
    request whose last commit is the one that the workflow ran on.

    Args:
        place: Where the workflow ran.
        number: The pull request.
        text: Text of the comment, with the mark in it.
        mark: By this the comment is found again.
        token: May write comments.
        transport: Stands in for the network in tests.

    Raises:
        InputError: The pull request is another one.
        OutsideError: GitHub does not answer, or not as expected.
    """
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    base = f"{place.api}/repos/{place.repository}"
    with httpx.Client(headers=headers, timeout=_SECONDS, transport=transport) as client:
        pull = _json(client, "GET", f"{base}/pulls/{number}")
        if not isinstance(pull, dict) or _head(pull) != place.head:
            msg = f"pull request {number} does not end in the commit that was reviewed"
            raise InputError(msg)
        known = _known(client, f"{base}/issues/{number}/comments", mark)
        body = {"body": text}
        if known is None:
            written = _json(client, "POST", f"{base}/issues/{number}/comments", body)
        else:
            written = _json(client, "PATCH", f"{base}/issues/comments/{known}", body)
    return str(written.get("html_url", "")) if isinstance(written, dict) else ""


def _head(pull: Mapping[str, Any]) -> object:
    head = pull.get("head")
    return head.get("sha") if isinstance(head, dict) and pull.get("state") == "open" else None


def _known(client: httpx.Client, address: str, mark: str) -> int | None:
    """Return the comment that a bot wrote with our mark, if there is one."""
    for page in range(1, PAGES + 1):
        found = _json(client, "GET", f"{address}?per_page=100&page={page}")
        if not isinstance(found, list) or not found:
            return None
        for one in found:
            by_bot = one.get("user", {}).get("type") == "Bot"
            if by_bot and str(one.get("body", "")).startswith(mark):
                return int(one["id"])
    return None


def _json(
    client: httpx.Client, method: str, address: str, body: Mapping[str, str] | None = None
) -> Any:
    try:
        reply = client.request(method, address, json=body)
        reply.raise_for_status()
        return reply.json()
    except httpx.HTTPStatusError as error:
        msg = f"GitHub answered {error.response.status_code} to {method} {error.request.url.path}"
        raise OutsideError(msg) from None
    except (httpx.HTTPError, ValueError) as error:
        msg = f"GitHub cannot be reached or understood: {type(error).__name__}"
        raise OutsideError(msg) from None
