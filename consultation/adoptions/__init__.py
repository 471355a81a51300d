"""The register of voluntary adoption of outcomes."""
