"""Notes of the people of a forum on paragraphs of the working text: who is asked, until when, whether it is settled."""
