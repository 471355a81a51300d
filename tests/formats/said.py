"""What a draft holds, said shortly for tests."""

from formats.web.runs import plain


def said(block) -> str:
    return plain(block.runs)


def items(found):
    return [(plain(item.runs), items(item.items)) if item.items else plain(item.runs) for item in found]


def cells(table):
    return [[plain(cell) for cell in row.cells] for row in table.rows]


def left(draft, reason):
    return [one.text for one in draft.left_out if one.reason == reason]


def doubts(draft, doubt):
    return [one.detail for one in draft.findings if one.doubt == doubt]
