"""Texts as campaigns send them. Pure: the benchmark uses them too."""


def campaign_texts() -> dict[int, str]:
    """884 texts: five campaigns of 120 copies with a changed word and a signature, and 284 of their own."""
    words = [f"w{number}" for number in range(4000)]
    texts: dict[int, str] = {}
    for campaign in range(5):
        base = words[campaign * 60 : campaign * 60 + 50]
        for copy in range(120):
            varied = [*base]
            varied[copy % 50] = f"changed{copy}"
            texts[len(texts)] = " ".join([*varied, "signed", f"person{copy}"])
    for own in range(284):
        start = 400 + own * 12
        texts[len(texts)] = " ".join(words[start : start + 40])
    return texts
