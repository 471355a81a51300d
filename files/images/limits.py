"""What an image of others may measure, how many pictures an animation may have, and which kinds are taken. Pure."""

MOST_PIXELS = 50_000_000
"""Of one picture: telephones take 48 million."""
MOST_FRAMES = 200
MOST_PIXELS_IN_ALL = 120_000_000
"""Of all pictures of an animation together."""
FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
"""What is taken, and the ending a kept copy gets. No SVG, which can carry script; no TIFF, which no browser shows."""
