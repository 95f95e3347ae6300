"""From rows to people: columns by their headers, HTCDS with its faults, dates, choices, and what is wrong where."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from aftercare.domain.codes import ClosureReason, Gender, IdentityKind, NameKind, ReferralSource, RiskLevel, Stage
from aftercare.domain.errors import MappingUnreadable
from aftercare.domain.importing import CellProblem, DateOrder, ImportedPerson, ImportField, ImportMapping
from aftercare.exchange.htcds import ALIASES, PLACES, attribution, standard_fields
from aftercare.exchange.mapping import read_mapping
from aftercare.exchange.people import ReadPeople, read_people
from aftercare.exchange.tables import Table
from aftercare.exchange.values import CellFault, choice
from aftercare.words.importing import CELL_REASONS, FIELDS, cell_words

TODAY = date(2026, 11, 23)
F = ImportField


def read(*rows: list[object], mapping: ImportMapping = ImportMapping()) -> ReadPeople:
    return read_people(Table(tuple(rows)), mapping, TODAY)  # type: ignore[arg-type]


def one(header: str, cell: object, mapping: ImportMapping = ImportMapping()) -> ImportedPerson:
    found = read(["Name", header], ["Ada Lovely", cell], mapping=mapping)
    assert found.problems == ()
    return found.people[0]


def wrong(header: str, cell: object) -> CellProblem:
    (problem,) = read(["Name", header], ["Ada Lovely", cell]).problems
    return problem


def test_a_caseload_as_shelters_keep_it_is_understood_by_its_headers() -> None:
    found = read(
        ["Our caseload, autumn"],
        [],
        [
            "Client no",
            "First name",
            "Surname",
            "D.O.B.",
            "Sex",
            "Nationality",
            "Languages",
            "Arrival",
            "Status",
            "Shoes",
        ],
        ["K-17", "Selam", "Tesfay", "12.3.1998", "f", "Eritrea", "Tigrinya; English", "2026-08-03", "Plan", "38"],
    )
    (person,) = found.people
    draft = person.intake.person
    assert (person.row, person.stage, person.intake.opened_on) == (4, Stage.PLAN, date(2026, 8, 3))
    assert (draft.names[0].given, draft.names[0].family, draft.birth_date) == ("Selam", "Tesfay", "1998-03-12")
    assert draft.gender is Gender.FEMALE
    assert draft.citizenships == ("ER",)
    assert [spoken.tag for spoken in draft.languages] == ["ti", "en"]
    assert draft.identity_numbers[0].kind is IdentityKind.OTHER
    assert draft.identity_numbers[0].number == "K-17"
    assert [column.header for column in found.columns if column.field is None] == ["Shoes"]


def test_empty_rows_are_skipped_and_counted() -> None:
    found = read(["Name", "Age"], ["Ada", "31"], [], ["", None], ["Bo", "24"])
    assert [person.row for person in found.people] == [2, 5]
    assert found.empty_rows == 2


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("12 Mar 1998", "1998-03-12"),
        ("about 1998", "1998~"),
        ("March 1998", "1998-03"),
        (1998.0, "1998"),
        (datetime(1998, 3, 12), "1998-03-12"),  # noqa: DTZ001
        (date(1998, 3, 12), "1998-03-12"),
        ("1998-03-12T00:00:00", "1998-03-12"),
    ],
)
def test_dates_are_kept_as_far_as_they_are_known(cell: object, edtf: str) -> None:
    assert one("Date of birth", cell).intake.person.birth_date == edtf


def test_a_column_that_can_only_be_month_first_is_read_so() -> None:
    found = read(["Name", "Date of birth"], ["Ada", "03/25/1998"], ["Bo", "04/05/1999"])
    assert found.date_order is DateOrder.MONTH_FIRST
    assert [person.intake.person.birth_date for person in found.people] == ["1998-03-25", "1999-04-05"]


def test_a_day_first_column_stays_day_first() -> None:
    found = read(["Name", "Date of birth"], ["Ada", "25/03/1998"], ["Bo", "04/05/1999"])
    assert found.people[1].intake.person.birth_date == "1999-05-04"


@pytest.mark.parametrize(
    ("header", "cell", "reason"),
    [
        ("Date of birth", "sometime", "not_a_date"),
        ("Date of birth", "31.2.1998", "no_such_date"),
        ("Date of birth", "12.3.98", "year_needs_four_digits"),
        ("Date of birth", "1.1.2030", "in_the_future"),
        ("Arrival", "August 2026", "not_a_date"),
        ("Age", "young", "not_an_age"),
        ("Age", "300", "not_an_age"),
        ("Sex", "purple", "unknown_code"),
        ("Nationality", "Atlantis", "unknown_country"),
        ("Languages", "Elvish-ish", "unknown_language"),
        ("Interpreter", "perhaps", "not_yes_or_no"),
        ("Notes", "=HYPERLINK(1)", "formula"),
        ("Phone", "+" * 100, "too_long"),
        ("Status", "closed", "closed_without_day"),
    ],
)
def test_a_wrong_cell_is_told_with_row_column_and_reason(header: str, cell: str, reason: str) -> None:
    problem = wrong(header, cell)
    assert (problem.row, problem.header, problem.reason) == (2, header, reason)
    assert reason in CELL_REASONS
    assert f"Row 2, {header}" in cell_words(problem)


def test_a_wrong_choice_says_what_is_accepted() -> None:
    assert wrong("Risk", "spicy").accepted == ("Low risk", "Medium risk", "High risk", "Critical risk")
    assert "Woman" in cell_words(wrong("Sex", "purple"))


def test_closing_before_opening_is_told() -> None:
    found = read(["Name", "Opened", "Closed"], ["Ada", "2026-05-01", "2026-04-01"])
    assert [problem.reason for problem in found.problems] == ["ends_before_it_begins"]


def test_a_closed_case_comes_closed_with_its_reason() -> None:
    found = read(["Name", "Opened", "Closed", "Closure reason"], ["Ada", "2026-01-01", "2026-04-01", "goals met"])
    person = found.people[0]
    assert (person.stage, person.closed_on, person.closure_reason) == (
        Stage.CLOSED, date(2026, 4, 1), ClosureReason.GOALS_MET,
    )  # fmt: skip


@pytest.mark.parametrize("cell", ["High risk", "high", "HIGH", " High ", "3"])
def test_choices_are_known_by_code_label_and_habit(cell: str) -> None:
    assert one("Risk", cell).intake.risk is RiskLevel.HIGH


def test_several_values_are_parted_and_trimmed() -> None:
    assert one("Safe contact", "Call; Text message ").intake.person.contact_ways == ("call", "text")
    assert one("Citizenship", "Eritrea; Sudan").intake.person.citizenships == ("ER", "SD")


@pytest.mark.parametrize("cell", ["Viet Nam", "Vietnam", "VN", "vnm"])
def test_countries_are_known_by_name_and_by_both_codes(cell: str) -> None:
    assert one("Nationality", cell).intake.person.citizenships == ("VN",)


@pytest.mark.parametrize("cell", ["fa", "fas", "Persian", "فارسی"])
def test_languages_are_known_by_name_by_code_and_by_their_own_name(cell: str) -> None:
    assert one("Languages", cell).intake.person.languages[0].tag == "fa"


def test_what_a_house_calls_a_language_can_be_mapped() -> None:
    mapping = read_mapping(b'[values.language]\n"Parsi" = "fa"')
    assert one("Languages", "PARSI", mapping).intake.person.languages[0].tag == "fa"


def test_further_phone_numbers_stay_beside_the_first() -> None:
    found = read(["Name", "Home Phone", "Mobile"], ["Ada", "030 1234567", "0170 7654321"])
    draft = found.people[0].intake.person
    assert (draft.contact_phone, draft.contact_words) == ("030 1234567", "0170 7654321")


def test_whole_names_are_parted() -> None:
    found = read(["Name"], ["Tesfay, Selam"], ["Selam Tesfay"], ["Selam"])
    parted = [(p.intake.person.names[0].given, p.intake.person.names[0].family) for p in found.people]
    assert parted == [("Selam", "Tesfay"), ("Selam", "Tesfay"), ("Selam", "")]


def test_other_names_keep_their_kind() -> None:
    names = one("Name in local script", "ሰላም").intake.person.names
    assert {name.kind for name in names} == {NameKind.LEGAL, NameKind.LOCAL_SCRIPT}


# --- HTCDS --------------------------------------------------------------------------------------------------------


def test_in_ioms_spreadsheet_the_visible_labels_beat_the_hidden_names() -> None:
    found = read(
        [
            "",
            "cas_CaseOwner",
            "prs_FirstName",
            "prs_SecondName",
            "prs_Gender",
            "prs_MailingCity",
            "prs_Citizenship",
            "",
        ],
        ["", "Case Owner", "First Name", "Second Name", "Gender", "Mailing Street", "Citizenship", "Status"],
        [1.0, "", "", "", "", "", "", ""],
        [2.0, "A. Rahman", "Selam", "Tesfay", "Feminine\xa0", "Long street 1", "ER;SD", "Follow up"],
    )
    (person,) = found.people
    assert found.empty_rows == 1
    assert person.row == 4
    assert (person.case_worker, person.stage) == ("A. Rahman", Stage.FOLLOW_UP)
    assert person.intake.person.gender is Gender.FEMALE
    assert person.intake.person.citizenships == ("ER", "SD")
    street = next(column for column in found.columns if column.header == "Mailing Street")
    assert (street.field, street.standard_name) == (None, "prs_MailingStreet")


def test_names_of_ioms_form_and_of_the_earlier_version_are_known() -> None:
    found = read(["prs_First_Name", "prs_Second_Name", "prs_Nationality"], ["Selam", "Tesfay", "ER"])
    assert [column.field for column in found.columns] == [F.GIVEN_NAME, F.FAMILY_NAME, F.CITIZENSHIP]


def test_every_place_and_alias_names_a_field_of_the_standard() -> None:
    names = {field.name for field in standard_fields()}
    assert set(PLACES) <= names
    assert set(ALIASES.values()) <= names
    assert "IOM does not endorse" in attribution()


# --- mappings -----------------------------------------------------------------------------------------------------


def test_a_mapping_decides_columns_values_and_dates() -> None:
    mapping = read_mapping(
        b"""
        date_order = "month_first"
        [columns]
        "Klientin" = "full_name"
        "Geschl." = "gender"
        "Geb." = "birth_date"
        "Phone" = ""
        [values.gender]
        "weibl." = "Female"
        [values.referral_source]
        "Bahnhofsmission" = "ngo"
        """
    )
    found = read(
        ["Klientin", "Geschl.", "Geb.", "Phone", "Referred by"],
        ["Selam Tesfay", "Weibl.", "3/4/1998", "030 1234567", "bahnhofsmission"],
        mapping=mapping,
    )
    (person,) = found.people
    assert found.problems == ()
    assert person.intake.person.gender is Gender.FEMALE
    assert person.intake.person.birth_date == "1998-03-04"
    assert person.intake.person.contact_phone == ""
    assert person.intake.referral_source is ReferralSource.NGO


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("columns = [", "mapping_not_toml"),
        ("colour = 'red'", "mapping_unknown_key"),
        ("columns = 'all'", "mapping_unknown_key"),
        ("values = {gender = 3}", "mapping_unknown_key"),
        ("date_order = 'year'", "mapping_unknown_order"),
        ("[columns]\nA = 'shoe_size'", "mapping_unknown_field"),
        ("[values.shoe_size]\nA = 'b'", "mapping_unknown_field"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(toml: str, reason: str) -> None:
    with pytest.raises(MappingUnreadable) as problem:
        read_mapping(toml.encode())
    assert problem.value.reason == reason


def test_a_mapping_of_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(MappingUnreadable) as problem:
        read(["Name"], ["Ada"], mapping=ImportMapping({"Vorname": F.GIVEN_NAME}))
    assert (problem.value.reason, problem.value.detail) == ("mapping_unknown_column", "Vorname")


def test_a_table_of_which_nothing_is_known_is_refused() -> None:
    with pytest.raises(MappingUnreadable) as problem:
        read(["Foo", "Bar"], ["1", "2"])
    assert problem.value.reason == "mapping_nothing_mapped"


def test_every_field_has_its_word() -> None:
    assert set(FIELDS) == set(ImportField)


def test_a_value_with_a_question_mark_is_asked_about_and_never_taken_for_certain() -> None:
    assert choice(F.GENDER, "?") is Gender.NOT_SPECIFIED
    with pytest.raises(CellFault) as raised:
        choice(F.GENDER, "X?")
    assert raised.value.reason == "unknown_code"
    assert raised.value.accepted
