"""What the readers of office files (docx, odt, rtf) share: styles, fields, lists, tables, addresses."""
