"""What the stored value of each field and block is, for the merge of two texts, read off their definitions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from bpf_pages.conversion.shapes import Kind, Shape
from bpf_pages.models.fields import LinesField


def shape_of_field(field: Any) -> Shape:
    """Of a field of a page, or of a row that belongs to one."""
    label = str(field.verbose_name)
    if isinstance(field, StreamField):
        return Shape(Kind.BLOCKS, label, _of_children(field.stream_block.child_blocks))
    if isinstance(field, LinesField):
        return Shape(Kind.LINES, label)
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return Shape(Kind.WORDS if is_text and not isinstance(field, models.SlugField) else Kind.FACT, label)


def shape_of_block(block: Any) -> Shape:
    label = str(block.label or "")
    match block:
        case blocks.RichTextBlock():
            return Shape(Kind.RICH, label, as_posted=_as_posted(block))
        case TypedTableBlock():
            return Shape(Kind.TABLE, label, {"cell": shape_of_block(next(iter(block.child_blocks.values())))})
        case blocks.BaseStreamBlock():
            return Shape(Kind.BLOCKS, label, _of_children(block.child_blocks))
        case blocks.BaseStructBlock():
            return Shape(Kind.FIELDS, label, _of_children(block.child_blocks))
        case blocks.ListBlock():
            return Shape(Kind.ITEMS, label, {"item": shape_of_block(block.child_block)})
        case blocks.ChooserBlock():
            return Shape(Kind.CHOSEN, label)
        case blocks.CharBlock() | blocks.TextBlock():
            return Shape(Kind.WORDS, label)
    return Shape(Kind.FACT, label)


def _of_children(children: Mapping[str, Any]) -> dict[str, Shape]:
    return {name: shape_of_block(child) for name, child in children.items()}


def _as_posted(block: blocks.RichTextBlock) -> Callable[[str], str]:
    def written(source: str) -> str:
        converter = block.field.widget.converter
        return str(converter.to_database_format(converter.from_database_format(source)))

    return written
