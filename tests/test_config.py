"""The operator's facts come from the environment."""

from __future__ import annotations

import pytest

from app.config import Config


def test_an_empty_environment_says_nothing() -> None:
    assert Config.from_environment({}) == Config(base_url=None, drafts=False, hosts=())


def test_the_base_url_is_read_and_ends_with_a_slash() -> None:
    config = Config.from_environment({"OCTAVO_BASE_URL": "https://example.org/sub"})

    assert config.base_url == "https://example.org/sub/"


def test_a_base_url_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'example\.org' is not the address of a site"):
        Config.from_environment({"OCTAVO_BASE_URL": "example.org"})


@pytest.mark.parametrize(
    ("written", "drafts"), [("1", True), ("true", True), ("YES", True), ("0", False), ("", False), ("no", False)]
)
def test_drafts_are_shown_where_the_environment_says_so(written: str, drafts: bool) -> None:
    assert Config.from_environment({"OCTAVO_DRAFTS": written}).drafts is drafts


def test_the_environment_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_BASE_URL", "https://example.org")

    assert Config.from_environment().base_url == "https://example.org/"
