"""Page-makers own no decisions: what they change they change through a room's actions."""

import ast
import re

from tests.architecture.source import python_files, tree, where

WRITES = re.compile(r"a?(save|create|delete|update|get_or_create|update_or_create|bulk_\w+)$")


def writes(module: ast.Module) -> list[ast.Call]:
    """Calls that write to a table, by their name: anything.save(…), .create(…), .bulk_update(…)."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Attribute) and WRITES.match(call.func.attr)]
    return [call for call in named if not is_dictionary(call)]


def is_dictionary(call: ast.Call) -> bool:
    """update({…}) with something to copy from: a table's update takes only name=value."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "update" and bool(call.args)


def test_surfaces_write_nothing_themselves():
    found = [where(path, call) for path in python_files("surfaces") for call in writes(tree(path))]
    assert found == []


def test_the_rule_sees_writes_and_nothing_else():
    seen = ["a.save()", "b.objects.create(x=1)", "c.filter().delete()", "d.abulk_create([])", "e.update(x=1)"]
    unseen = ["save(f)", "g.saved()", "h.update_page()", "i.delete", "j.update({})"]
    calls = writes(ast.parse("\n".join(seen + unseen)))
    assert [call.lineno for call in calls] == [1, 2, 3, 4, 5]
