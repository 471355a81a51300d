"""How dates are written, where Django's own way would not do beside "UTC". A language that is not here keeps Django's.

Read by FORMAT_MODULE_PATH; templates name DATE_FORMAT and DATETIME_FORMAT and never the parts of a date, since their
order and the words between them differ: 25 November 2026, 25 de noviembre de 2026, 25 ноября 2026 года, 2026年11月25日.
"""
