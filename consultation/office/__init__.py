"""What facilitators, lead experts and rapporteurs see of a consultation inside the Wagtail admin."""
