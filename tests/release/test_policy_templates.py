"""The group policy templates of Windows: every entry of the policy, written where the program reads it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

from make_admx import NAMESPACE, WORDS, write_templates

from aftercare.policy import ENTRIES, WINDOWS_KEY, read_policy

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
_NS = {"p": NAMESPACE}


def test_every_entry_of_the_policy_is_a_policy_of_the_template(tmp_path: Path) -> None:
    admx, adml = (Xml.parse(path).getroot() for path in write_templates(tmp_path))
    policies = {found.get("name"): found for found in admx.findall("p:policies/p:policy", _NS)}
    assert set(policies) == {entry.registry for entry in ENTRIES}
    strings = {found.get("id") for found in adml.findall(".//p:string", _NS)}
    presentations = {found.get("id") for found in adml.findall(".//p:presentation", _NS)}
    for entry in ENTRIES:
        policy = policies[entry.registry]
        assert (policy.get("class"), policy.get("key")) == ("Machine", WINDOWS_KEY)
        assert {entry.registry, f"{entry.registry}_HELP"} <= strings
        if entry.kind is bool:
            assert policy.get("valueName") == entry.registry
            continue
        (element,) = policy.findall("p:elements/*", _NS)
        assert element.get("valueName") == entry.registry
        assert entry.registry in presentations
        if entry.kind is int:
            assert (element.get("minValue"), element.get("maxValue")) == (str(entry.least), str(entry.most))


def test_every_entry_is_explained_to_it_staff_and_stands_in_the_example() -> None:
    table = (PACKAGING / "README.md").read_text(encoding="utf-8")
    decided = read_policy(PACKAGING / "policy.example.toml")
    assert not decided.mistakes
    assert set(decided.values) == {entry.place for entry in ENTRIES}
    for entry in ENTRIES:
        (line,) = [line for line in table.splitlines() if line.startswith(f"| `{entry.place}` |")]
        assert entry.kind is not int or f"| {entry.least} to {entry.most} |" in line
        assert all(f"`{choice}`" in line for choice in entry.choices)


def test_every_entry_has_its_words() -> None:
    assert set(WORDS) == {entry.place for entry in ENTRIES}
