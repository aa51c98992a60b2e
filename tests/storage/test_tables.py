"""Each table says whether it is about people, so that erasure, and whoever exports, miss none."""

from bot.storage.tables import ABOUT_PEOPLE, NOT_ABOUT_PEOPLE, metadata, people


def test_every_table_says_whether_it_is_about_people() -> None:
    """A table is in one of the two registers, and in one only."""
    assert ABOUT_PEOPLE.keys() | NOT_ABOUT_PEOPLE.keys() == metadata.tables.keys()
    assert not ABOUT_PEOPLE.keys() & NOT_ABOUT_PEOPLE.keys()


def test_a_table_that_names_a_person_is_about_people() -> None:
    """A column called `person`, or one that points to people, is the one in the register."""
    naming = {
        table.name: column
        for table in metadata.tables.values()
        for column in table.c
        if column.name == "person" or any(key.column is people.c.id for key in column.foreign_keys)
    }
    assert naming == {name: column for name, column in ABOUT_PEOPLE.items() if name != "people"}
    assert ABOUT_PEOPLE["people"] is people.c.id


def test_people_go_last() -> None:
    """The row that the others point to is deleted after them."""
    assert list(ABOUT_PEOPLE)[-1] == "people"
