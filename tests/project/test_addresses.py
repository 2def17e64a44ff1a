"""The check of addresses: what it finds, and what it takes an answer for. No network is used."""

import httpx
import pytest

from tests.addresses import Found, addresses, look, named


def asked(handler, *wanted: str) -> tuple[list[Found], list[float]]:
    """What is found, and the waits on the way."""
    waits: list[float] = []
    with httpx.Client(transport=httpx.MockTransport(handler)) as client:
        return look(wanted, client, waits.append), waits


def test_addresses_are_found_without_what_stands_around_them():
    text = "See https://a.org/x. (https://a.org/y), [z](https://a.org/z#part) `https://a.org/q(1)`"
    assert addresses(text) == {
        "https://a.org/x",
        "https://a.org/y",
        "https://a.org/z",
        "https://a.org/q(1)",
    }


def test_made_up_addresses_are_not_asked_for():
    assert addresses("https://example.org/a https://data.invalid/b https://localhost/c") == set()


def test_the_project_names_addresses(project_root):
    found = named(project_root)
    assert any(name.startswith("content/benchmarks/") for names in found.values() for name in names)
    assert "https://arxiv.org/abs/2601.15812" in found


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "fine"), (404, "gone"), (410, "gone"), (403, "not known"), (503, "not known")],
)
def test_what_a_status_says_of_an_address(status: int, state: str):
    (found,), _ = asked(lambda _: httpx.Response(status), "https://a.org/")
    assert found.state == state


def test_a_host_that_knows_no_head_is_asked_otherwise():
    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404 if request.method == "HEAD" else 200)

    (found,), _ = asked(handler, "https://a.org/")
    assert found.state == "fine"


def test_a_busy_host_is_asked_again_after_the_wait_that_it_names():
    answers = iter([httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200)])
    (found,), waits = asked(lambda _: next(answers), "https://a.org/")
    assert (found.state, waits) == ("fine", [7.0])


def test_nobody_is_made_to_wait_for_an_hour():
    answers = iter([httpx.Response(429, headers={"Retry-After": "3600"}), httpx.Response(200)])
    assert asked(lambda _: next(answers), "https://a.org/")[1] == [60.0]


def test_requests_to_one_host_are_a_second_apart():
    wanted = ("https://a.org/1", "https://a.org/2", "https://b.org/")
    assert asked(lambda _: httpx.Response(200), *wanted)[1] == [1.0]


def test_redirects_are_followed_over_https_alone_and_not_for_ever():
    def handler(request: httpx.Request) -> httpx.Response:
        leads = {"/moved": "/there", "/plain": "http://a.org/", "/round": "/round"}
        to = leads.get(request.url.path)
        return httpx.Response(302, headers={"Location": to}) if to else httpx.Response(200)

    wanted = ("https://a.org/moved", "https://a.org/plain", "https://a.org/round")
    found, _ = asked(handler, *wanted)
    assert [one.state for one in found] == ["fine", "gone", "not known"]


def test_a_host_that_is_no_more_is_gone():
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no such host", request=request)

    (found,), _ = asked(handler, "https://a.org/")
    assert found.state == "gone"
