"""Where somebody lives, why it ended and who pays."""

from __future__ import annotations

from enum import StrEnum


class PlacementKind(StrEnum):
    SHELTER_BED = "shelter_bed"
    OWN_ROOM_IN_SHELTER = "own_room_in_shelter"
    TRANSITIONAL_FLAT = "transitional_flat"
    HOST_FAMILY = "host_family"
    FOSTER_OR_KINSHIP = "foster_or_kinship"
    HOTEL = "hotel"
    HOSPITAL = "hospital"
    DETENTION = "detention"
    OWN_RENTAL = "own_rental"
    WITH_FAMILY = "with_family"
    REPATRIATED = "repatriated"
    UNKNOWN_WHEREABOUTS = "unknown_whereabouts"


SHELTER_PLACEMENTS = (
    PlacementKind.SHELTER_BED,
    PlacementKind.OWN_ROOM_IN_SHELTER,
    PlacementKind.TRANSITIONAL_FLAT,
)


class ExitReason(StrEnum):
    MOVED_ON = "moved_on"
    ASKED_TO_LEAVE = "asked_to_leave"
    LEFT_WITHOUT_NOTICE = "left_without_notice"
    TRANSFERRED = "transferred"
    RETURNED_TO_FAMILY = "returned_to_family"
    DIED = "died"
    OTHER = "other"


class RentPayer(StrEnum):
    HERSELF = "herself"
    ORGANISATION = "organisation"
    PUBLIC_SUPPORT = "public_support"
    SHARED = "shared"
    NO_RENT = "no_rent"
    NOT_KNOWN = "not_known"
