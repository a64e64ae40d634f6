"""Hard limits on size and knots; what only grows is reported by ./dev check."""

from tools import budgets


def test_no_file_no_function_past_its_limit_and_no_rooms_knotted():
    _, broken = budgets.measure()
    assert broken == []


def test_tests_stay_small_too():
    paths = budgets.sources("tests")
    long = [one for one in budgets.functions(paths) if one.lines > budgets.FUNCTION_MOST]
    assert long == []
    assert [one for one in budgets.files(paths) if one.lines > budgets.FILE_MOST] == []
