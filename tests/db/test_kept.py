"""What was worked out and is kept in the file: until the next change, or until it is worked out again."""

DAY, NEXT = "2026-05-04", "2026-05-05"


def test_what_is_kept_until_it_is_worked_out_again_outlives_changes_and_days(file):
    assert file.kept_last("radar") is None
    file.keep_last("radar", DAY, "first")
    file.keep("figures", DAY, "{}", as_of=file.newest_operation())
    file.run("Add", lambda op: op.insert("staff", {"name": "Ana"}))
    assert file.kept("figures", DAY) is None
    file.keep("figures", NEXT, "{}", as_of=file.newest_operation())
    assert file.kept_last("radar") == "first"
    file.keep_last("radar", NEXT, "second")
    assert file.kept_last("radar") == "second"
    assert file.kept("figures", NEXT) == "{}"


def test_what_was_worked_out_goes_when_derived_data_are_made_again(file):
    file.keep_last("radar", DAY, "first")
    file.rebuild_derived()
    assert file.kept_last("radar") is None
