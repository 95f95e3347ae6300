"""What the five steps mean in each area, in our own short words (field.md section 2).

The steps go from «in crisis» to «empowered»; the areas are those of `resources/instruments/five_step_scale.json`.
"""

from __future__ import annotations

from aftercare.domain.codes import Area
from aftercare.i18n import N_

DOMAINS: dict[str, str] = {
    Area.HOUSING: N_("Housing"),
    Area.HEALTH: N_("Health"),
    "mental_health": N_("Mental health"),
    Area.EDUCATION: N_("Education"),
    Area.EMPLOYMENT: N_("Employment"),
    Area.FAMILY: N_("Family reunification"),
    Area.LEGAL: N_("Legal & status"),
    Area.SAFETY: N_("Safety"),
    Area.MONEY: N_("Money"),
    Area.COMMUNITY: N_("Support network"),
}

ANCHORS: dict[str, tuple[str, str, str, str, str]] = {
    Area.HOUSING: (
        N_("No home, or about to lose it"),
        N_("Temporary, unfit or too dear"),
        N_("Safe, but only just adequate"),
        N_("Safe home, with support for the rent"),
        N_("Safe home, paid without support"),
    ),
    Area.HEALTH: (
        N_("Urgent need and no cover"),
        N_("Needs care, hard to reach"),
        N_("Some cover, main needs met"),
        N_("Regular care, most needs met"),
        N_("Full, affordable care"),
    ),
    "mental_health": (
        N_("In danger, or suffering severely"),
        N_("Daily life is hard most days"),
        N_("Mild or passing difficulties, safe"),
        N_("Copes well, with some support"),
        N_("Resilient, knows what helps"),
    ),
    Area.EDUCATION: (
        N_("Reading or language stands in the way"),
        N_("In a class, or learning the basics"),
        N_("Has a school certificate"),
        N_("In training towards better work"),
        N_("Training completed, ready to use it"),
    ),
    Area.EMPLOYMENT: (
        N_("No work"),
        N_("Casual work, poorly paid"),
        N_("Regular work, poorly paid"),
        N_("Regular work, fairly paid"),
        N_("Lasting work, fairly paid"),
    ),
    Area.FAMILY: (
        N_("No contact, or contact that harms"),
        N_("Little contact, much unclear"),
        N_("Some safe contact and support"),
        N_("Growing, mostly supportive ties"),
        N_("Safe, lasting family ties of own choice"),
    ),
    Area.LEGAL: (
        N_("No status, or open charges"),
        N_("Help sought, nothing filed yet"),
        N_("Filed and pending, duties kept"),
        N_("Temporary status, matters nearly settled"),
        N_("Lasting status, matters settled"),
    ),
    Area.SAFETY: (
        N_("Not safe at home"),
        N_("High danger, with a safety plan"),
        N_("Just safe enough"),
        N_("Safe now, future unsure"),
        N_("Safe and stable"),
    ),
    Area.MONEY: (
        N_("No income"),
        N_("Not enough for the basics"),
        N_("Basics covered with support"),
        N_("Basics covered without support"),
        N_("Able to save"),
    ),
    Area.COMMUNITY: (
        N_("Alone, nobody to turn to"),
        N_("One or two people, not always there"),
        N_("Some people to count on"),
        N_("Good ties, takes part"),
        N_("Wide network, also helps others"),
    ),
}
