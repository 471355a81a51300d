"""Which edition a file is: the page that takes a file, or its check sum, and says what the library knows of it."""
