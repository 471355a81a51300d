"""What a draft holds, said shortly for tests."""

from editions.document.model import text_of_runs


def said(block) -> str:
    return text_of_runs(block.runs)


def items(found):
    return [(text_of_runs(item.runs), items(item.items)) if item.items else text_of_runs(item.runs) for item in found]


def cells(table):
    return [[text_of_runs(cell) for cell in row.cells] for row in table.rows]


def left(draft, reason):
    return [one.text for one in draft.left_out if one.reason == reason]


def doubts(draft, doubt):
    return [one.detail for one in draft.findings if one.doubt == doubt]
