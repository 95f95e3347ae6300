"""Write the group policy templates of Windows (ADMX and its English ADML) from the entries the program knows.

    python packaging/make_admx.py FOLDER

makes FOLDER/aftercare.admx and FOLDER/en-US/aftercare.adml; both go into the PolicyDefinitions folder of a domain.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

from aftercare.policy import ENTRIES, WINDOWS_KEY, Entry

NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
WORDS = {
    "records.folder": (
        "Folder of the records",
        "Where the encrypted records are. People cannot choose another place. Environment variables are filled in.",
    ),
    "backups.folders": (
        "Folders for backups",
        "Up to two folders, besides the one beside the records, that each sealed backup is copied to. Separate several "
        "with semicolons.",
    ),
    "backups.every_hours": (
        "Hours between backups",
        "While something changes, a backup is made at least this often, and at each lock. 1 to 168.",
    ),
    "lock.idle_minutes": (
        "Minutes until the program locks",
        "After so many minutes without a key or the mouse the records are locked. 1 to 120.",
    ),
    "passwords.least_characters": (
        "Least length of a password",
        "New passwords must have at least so many characters. 15 to 60.",
    ),
    "export.roles": (
        "Roles that may export",
        "Only people with one of these roles may export or print: administrator, manager, case_worker, shelter_worker, "
        "viewer, auditor. Separate several with semicolons. An empty value: nobody may.",
    ),
    "window.display_name": (
        "Name that the window shows",
        "Stands in the title and the task bar instead of the name of the program.",
    ),
    "window.languages": (
        "Languages of the window",
        "Only these languages can be chosen; so far there is en. Separate several with semicolons.",
    ),
    "window.screen_capture": (
        "Allow pictures of the screen",
        "If disabled, the windows are kept out of screen pictures and recordings, and people cannot switch that off. "
        "If enabled, they can be captured (some assistive tools need it).",
    ),
    "retention.years_after_closing": (
        "Years that records are kept after a case was closed",
        "After so many years a closed case is listed for purging, whatever the office has set. Nothing is purged "
        "without a person. 1 to 100.",
    ),
}


def policy_name(entry: Entry) -> str:
    return entry.registry


def admx() -> Xml.Element:
    """The definitions: one policy an entry, each writing one value of the machine's Policies key."""
    root = Xml.Element("policyDefinitions", {"xmlns": NAMESPACE, "revision": "1.0", "schemaVersion": "1.0"})
    spaces = Xml.SubElement(root, "policyNamespaces")
    Xml.SubElement(spaces, "target", {"prefix": "aftercare", "namespace": "Aftercare.Policies"})
    Xml.SubElement(spaces, "using", {"prefix": "windows", "namespace": "Microsoft.Policies.Windows"})
    Xml.SubElement(root, "resources", {"minRequiredRevision": "1.0"})
    supported = Xml.SubElement(Xml.SubElement(root, "supportedOn"), "definitions")
    Xml.SubElement(supported, "definition", {"name": "ANY", "displayName": "$(string.ANY)"})
    categories = Xml.SubElement(root, "categories")
    Xml.SubElement(categories, "category", {"name": "AFTERCARE", "displayName": "$(string.AFTERCARE)"})
    policies = Xml.SubElement(root, "policies")
    for entry in ENTRIES:
        policies.append(_definition(entry))
    return root


def _definition(entry: Entry) -> Xml.Element:
    name = policy_name(entry)
    facts = {
        "name": name,
        "class": "Machine",
        "displayName": f"$(string.{name})",
        "explainText": f"$(string.{name}_HELP)",
        "key": WINDOWS_KEY,
    }
    if entry.kind is bool:
        policy = Xml.Element("policy", facts | {"valueName": entry.registry})
    else:
        policy = Xml.Element("policy", facts | {"presentation": f"$(presentation.{name})"})
    Xml.SubElement(policy, "parentCategory", {"ref": "AFTERCARE"})
    Xml.SubElement(policy, "supportedOn", {"ref": "ANY"})
    if entry.kind is bool:
        Xml.SubElement(Xml.SubElement(policy, "enabledValue"), "decimal", {"value": "1"})
        Xml.SubElement(Xml.SubElement(policy, "disabledValue"), "decimal", {"value": "0"})
        return policy
    elements = Xml.SubElement(policy, "elements")
    field = {"id": name, "valueName": entry.registry, "required": "true"}
    if entry.kind is int:
        Xml.SubElement(elements, "decimal", field | {"minValue": str(entry.least), "maxValue": str(entry.most)})
    else:
        Xml.SubElement(elements, "text", field | {"expandable": "true"} if entry.kind is str else field)
    return policy


def adml() -> Xml.Element:
    """The English words for the definitions."""
    root = Xml.Element("policyDefinitionResources", {"xmlns": NAMESPACE, "revision": "1.0", "schemaVersion": "1.0"})
    Xml.SubElement(root, "displayName").text = "Aftercare"
    Xml.SubElement(root, "description").text = "What the administrator of a computer decides for Aftercare"
    resources = Xml.SubElement(root, "resources")
    strings = Xml.SubElement(resources, "stringTable")
    presentations = Xml.SubElement(resources, "presentationTable")
    for name, words in (("ANY", "Windows 10 and later"), ("AFTERCARE", "Aftercare")):
        Xml.SubElement(strings, "string", {"id": name}).text = words
    for entry in ENTRIES:
        name, (label, help_words) = policy_name(entry), WORDS[entry.place]
        Xml.SubElement(strings, "string", {"id": name}).text = label
        Xml.SubElement(strings, "string", {"id": f"{name}_HELP"}).text = help_words
        if entry.kind is bool:
            continue
        presentation = Xml.SubElement(presentations, "presentation", {"id": name})
        if entry.kind is int:
            default = {"defaultValue": str(entry.least)}
            Xml.SubElement(presentation, "decimalTextBox", {"refId": name} | default).text = label
        else:
            box = Xml.SubElement(presentation, "textBox", {"refId": name})
            Xml.SubElement(box, "label").text = label
    return root


def write_templates(folder: Path) -> list[Path]:
    """Both files, as a domain's PolicyDefinitions folder wants them; returns where they are."""
    written = []
    for root, path in ((admx(), folder / "aftercare.admx"), (adml(), folder / "en-US" / "aftercare.adml")):
        path.parent.mkdir(parents=True, exist_ok=True)
        Xml.indent(root)
        Xml.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
        written.append(path)
    return written


if __name__ == "__main__":
    for path in write_templates(Path(sys.argv[1])):
        print(path)
