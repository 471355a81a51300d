"""Where in the working text of a document somebody's comment, suggestion or note stands today."""
