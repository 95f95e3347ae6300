"""What this computer remembers for whoever uses it: look, language, columns, filters; never a word about a record.

Kept as JSON in the user's configuration folder (places.py). A file that cannot be read is set aside; the defaults hold.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from aftercare import places, policy


@dataclass(slots=True)
class Settings:
    """`vault_folder` empty: the usual place. `remembered_login` is kept only where the person asked for it."""

    vault_folder: str = ""
    remembered_login: str = ""
    language: str = "en"
    scheme: str = "system"
    text_percent: int = 100
    screen_capture: bool = False
    columns: dict[str, list[str]] = field(default_factory=dict)
    filters: dict[str, dict[str, Any]] = field(default_factory=dict)
    window: str = ""
    _path: Path | None = field(default=None, repr=False, compare=False)

    @property
    def path(self) -> Path | None:
        """The file that keeps them; None: they are kept nowhere."""
        return self._path

    def keep_records_in(self, folder: Path) -> None:
        """From now on the records are looked for here."""
        self.vault_folder = places.as_written(folder)
        self.save()

    def save(self) -> None:
        """Write to the file it was read from (a new one is renamed into place); silent where the disk refuses."""
        if self._path is None:
            return
        text = json.dumps({name: value for name, value in asdict(self).items() if name != "_path"}, indent=1)
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, self._path)
        except OSError:
            fresh.unlink(missing_ok=True)


def load_settings(path: Path | None) -> Settings:
    """The settings in this file; defaults for what is missing or cannot be understood. None: nothing is kept."""
    settings = Settings(_path=path)
    if path is None or not path.exists():
        return settings
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        known = {entry.name: entry for entry in fields(Settings) if entry.name != "_path"}
        for name, value in kept.items():
            if name in known and isinstance(value, type(getattr(settings, name))):
                setattr(settings, name, value)
    except (OSError, ValueError, AttributeError, RecursionError):
        return Settings(_path=path)
    return settings


def settings_path() -> Path:
    return places.for_settings() / "settings.json"


def place_of_records(settings: Settings) -> Path:
    """Where the records are: as the administrator of the computer decided, as somebody chose, or the usual place."""
    if decided := policy.in_force().text("records.folder"):
        return Path(decided)
    return places.as_read(settings.vault_folder) if settings.vault_folder else usual_vault_folder()


def may_speak(language: str) -> bool:
    """Whether the policy of this computer leaves this language (BCP 47) to be chosen."""
    allowed = policy.in_force().texts("window.languages")
    return not allowed or language in allowed


def language_spoken(settings: Settings) -> str:
    """The language of the window: the one chosen, unless the policy names others."""
    return settings.language if may_speak(settings.language) else policy.in_force().texts("window.languages")[0]


def capture_allowed(settings: Settings) -> bool:
    """Whether the windows may be in pictures of the screen (some assistive tools need it)."""
    decided = policy.in_force().values.get("window.screen_capture")
    return decided if isinstance(decided, bool) else settings.screen_capture


def usual_vault_folder() -> Path:
    """Where records live unless somebody chose another place."""
    return places.for_records() / "vault"


def usual_training_folder() -> Path:
    """Where the training records are, beside the real ones."""
    return usual_vault_folder().with_name("training")
