"""Foreign files, and what is pasted, read into the body of an outcome document.

`foreign_files` reads in a child (`reading_job`), `parts` are what a body is made of, `services` put them into the tree;
`choices` are an editor's against the reader, `originals` what readers are offered of the file itself.
"""
