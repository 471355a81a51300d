"""Small fictitious texts in the six languages, and what a word asked in a language has to find among them."""

TEXTS = {
    1: ("en", "Lighthouse policies. Policies of harbours in Genève <script>alert(2099)</script> & elsewhere."),
    2: ("fr", "Politiques des phares. Les politiques portuaires et les réseaux communautaires à Genève."),
    3: ("es", "Políticas del faro. Las políticas de acceso y las comunidades de São Tomé."),
    4: ("ru", "Политики маяка. Управление и политики безопасности; ёлка, сообщества."),
    5: ("ar", "سياسات المنارة. السياسات الوطنية والمجتمعات المحلية، والتَّعَاوُن."),
    6: ("zh", "灯塔治理。灯塔治理论坛的最佳实践和网络安全政策。"),
    7: ("en", "Keepers of the light. A policy note on storms."),
}

PROBES = [
    ("policy", {1, 7}),
    ("politique", {2}),
    ("reseau", {2}),
    ("politica", {3}),
    ("comunidad", {3}),
    ("политика", {4}),
    ("елка", {4}),
    ("сообщество", {4}),
    ("سياسة", {5}),
    ("التعاون", {5}),
    ("المجتمع", {5}),
    ("治理", {6}),
    ("网络安全", {6}),
    ("geneve", {1, 2}),
    ("sao tome", {3}),
]
