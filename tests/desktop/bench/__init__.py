"""A private desktop, real applications and a person who types: for tests, demo and benchmarks."""
