"""What the documentation shows must hold: its links, and its configurations."""

import re

import pytest

import conftest

PAGES = sorted([conftest.REPOSITORY / "README.md", *(conftest.REPOSITORY / "docs").rglob("*.md")])
LINKS = [
    (page, target)
    for page in PAGES
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text())
    if not target.startswith("http")
]
CONFIGURATIONS = [text for page in PAGES for text in re.findall(r"```json5\n(.*?)```", page.read_text(), re.DOTALL)]


@pytest.mark.parametrize("page, target", LINKS, ids=lambda value: getattr(value, "name", value))
def test_a_link_leads_somewhere(page, target):
    assert (page.parent / target).exists()


@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_a_configuration_that_is_shown_holds(text, tmp_path):
    file = tmp_path / "shown.json5"
    file.write_text(text)
    result = conftest.run("config", "check", "--config", str(file))
    assert result.returncode == 0, result.stderr.decode()


def test_every_command_is_in_the_readme():
    text = (conftest.REPOSITORY / "README.md").read_text()
    commands = re.findall(r"^  ([a-z]+) ", conftest.run("help").stdout.decode(), re.MULTILINE)
    assert commands
    for command in commands:
        assert re.search(rf"`(healstream )?{command}[ `]", text), command


def test_every_event_of_the_log_is_explained():
    sources = "\n".join(path.read_text() for path in (conftest.REPOSITORY / "Sources/HealstreamRuntime").rglob("*.swift"))
    events = set(re.findall(r'journal\.(?:debug|info|warning|error)\(\s*"([a-z_]+)"', sources))
    explained = set(re.findall(r"^\| `([a-z_]+)` \|", (conftest.REPOSITORY / "docs/operating.md").read_text(), re.MULTILINE))
    assert events and events <= explained
