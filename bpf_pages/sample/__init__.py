"""The sample library: the meetings, forums and outputs of 2014 to 2025, from recorded facts."""
