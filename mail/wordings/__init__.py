"""The words of mails: as shipped, as the Secretariat changes them, filled in for one reader."""
