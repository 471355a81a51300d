"""Which function of a module a place stands in, and a module whose functions say that they were entered. Pure.

A function is named by its qualified name and the line it begins on (that of its first decorator): what Python says of
its code. A place outside of every body (a constant, a default, a decorator, the body of a class) has no function: it
is read once, when the module is imported.
"""

import ast
from types import CodeType

MARK = "__entered_by_a_test__"
"""A builtin that the tests' process sets: it is called with the key of the function."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST, before: str = "") -> list[tuple[str, Function]]:
    """(key, function) of each function below `tree`, outer ones first. The key is "qualified.name:first line"."""
    found: list[tuple[str, Function]] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            line = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found.append((f"{before}{node.name}:{line}", node))
            found += functions(node, f"{before}{node.name}.<locals>.")
        elif isinstance(node, ast.ClassDef):
            found += functions(node, f"{before}{node.name}.")
        else:
            found += functions(node, before)
    return found


def key_of(code: CodeType) -> str:
    return f"{code.co_qualname}:{code.co_firstlineno}"


def function_at(source: str, place: tuple[int, int]) -> str | None:
    """Key of the innermost function whose body holds the place (line from 1, column from 0); None outside of all."""
    inner = None
    for key, node in functions(ast.parse(source)):
        first, last = node.body[0], node.body[-1]
        start = (first.lineno, first.col_offset)
        if start <= place < (last.end_lineno or 0, last.end_col_offset or 0):
            inner = key
    return inner


def marked(source: str, path: str) -> CodeType:
    """The module's code, in which each function first calls MARK with "path::key"."""
    tree = ast.parse(source)
    for key, node in functions(tree):
        call = ast.Expr(ast.Call(ast.Name(MARK, ast.Load()), [ast.Constant(f"{path}::{key}")], []))
        documented = ast.get_docstring(node, clean=False) is not None
        node.body.insert(1 if documented else 0, ast.copy_location(call, node.body[0]))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def codes(code: CodeType) -> dict[str, CodeType]:
    """Key -> code of every function in a module's code that has a name: two lambdas of a line have the same key."""
    found = {}
    for const in code.co_consts:
        if isinstance(const, CodeType):
            if not const.co_name.startswith("<"):
                found[key_of(const)] = const
            found.update(codes(const))
    return found
