"""Make `resources/codes/htcds_2_0.json` from the HTCDS field and code lists: python packaging/convert_htcds.py FOLDER.

FOLDER holds htcds_2_0_fields.csv and htcds_2_0_codes.csv, taken from «HTCDS Field Standards 2.0.ods» of the repository
UNMigration/HTCDS (head 3c2f6537cd76c3305975aa5eef7a1bf26fe20a30), by the International Organization for Migration,
CC BY 4.0. Only names, labels and codes are kept; guidance texts are not.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "resources" / "codes" / "htcds_2_0.json"
ATTRIBUTION = (
    "Uses the Human Trafficking Case Data Standard (HTCDS) 2.0 by IOM, licensed under CC BY 4.0. "
    "IOM does not endorse this product."
)


def convert(folder: Path) -> dict[str, object]:
    """Fields in the order of the standard, each with its codes."""
    codes: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / "htcds_2_0_codes.csv").open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            codes[row["field"]].append({"code": row["code"].strip(), "label": row["label"].strip()})
    with (folder / "htcds_2_0_fields.csv").open(encoding="utf-8-sig", newline="") as source:
        fields = [
            {
                "name": row["field"].strip(),
                "label": row["label"].strip(),
                "section": row["section"].strip(),
                "multiple": row["type"].startswith("Multiselect"),
                "codes": codes.get(row["field"], []),
            }
            for row in csv.DictReader(source)
            if row["field"].strip()
        ]
    return {"attribution": ATTRIBUTION, "version": "2.0", "fields": fields}


def main() -> None:
    found = convert(Path(sys.argv[1]))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(found['fields'])} fields")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
