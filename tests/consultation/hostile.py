"""Text that people who mean harm would send, and what must never come of it."""

MARKER = "zq9"
"""Stands in every piece, so that a test can see it came through."""

HOSTILE = [
    f"<script>alert('{MARKER}')</script>",
    f"\"><img src=x onerror=alert('{MARKER}')>",
    f"</textarea><script>alert('{MARKER}')</script>",
    f"javascript:alert('{MARKER}')",
    f"{{{{ {MARKER} }}}}{{% debug %}}",
    f'=HYPERLINK("http://example.org","{MARKER}")',
    f"+cmd|' /C calc'!{MARKER}",
    f"@SUM(1+1){MARKER}",
    f"＝1+1{MARKER}",
    f"AT&T <b>{MARKER}",
    f'<clause 4> {MARKER} <img src="/etc/hostname"/>',
    f"%0d%0aBcc: victim@example.org {MARKER}",
    f"\u202egnp.{MARKER}\u202c",
    f"' OR 1=1; DROP TABLE consultation_comment; -- {MARKER}",
    f"مرحبا {MARKER} <b>שלום</b> 中文",
    f"{MARKER} \x00\x07\x1b[31m",
    f"{MARKER}" + "\u0301" * 50,
]
EXECUTABLE = ("<script>alert", "<img src=x", '<img src="/etc', "</textarea><script")
"""Markup that would act if it reached a page as it was sent."""
