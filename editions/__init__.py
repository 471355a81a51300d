"""What is published: editions that never change, their passages and relations."""
