"""Tests of the pure rules; a package, so that its cast is not mistaken for the one of the whole platform."""
