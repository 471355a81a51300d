"""A person proves once more who they are before they change an address, a password, a factor or a role."""
