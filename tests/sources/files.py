"""Made-up source files and a network that is made of functions."""

import hashlib

import httpx

from generator.records.benchmark import SourceFile

CONTENT = bytes(range(256)) * 40
URL = "https://data.example/owner/set/abc/part.bin"


def source_file(content=CONTENT, *, url=URL, name="part", **changes):
    fields = {
        "name": name,
        "url": url,
        "revision": "abc",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "licence": "MIT",
    }
    return SourceFile(**(fields | changes))


class Dropping(httpx.SyncByteStream):
    """A body that breaks off after some bytes."""

    def __init__(self, content):
        self.content = content

    def __iter__(self):
        yield self.content
        raise httpx.ReadError("the line dropped")


class Network(httpx.BaseTransport):
    """Answers requests in turn, the last answer again and again, and remembers them."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []

    def handle_request(self, request):
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer

    @property
    def ranges(self):
        return [request.headers.get("Range") for request in self.requests]


def whole(content=CONTENT, **headers):
    return lambda _request: httpx.Response(200, stream=httpx.ByteStream(content), headers=headers)


def dropped(content=CONTENT, at=1000):
    return lambda _request: httpx.Response(
        200, stream=Dropping(content[:at]), headers={"Content-Length": str(len(content))}
    )


def rest(content=CONTENT):
    """A server that honours ranges."""

    def answer(request):
        start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        span = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return httpx.Response(
            206, stream=httpx.ByteStream(content[start:]), headers={"Content-Range": span}
        )

    return answer


def status(code, **headers):
    return lambda _request: httpx.Response(code, headers=headers)
