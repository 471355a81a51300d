"""Comments written in Word: a draft is downloaded, changed there with changes tracked, and comes back as comments."""
