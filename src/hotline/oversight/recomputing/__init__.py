"""Clocks counted again when a calendar is published, office hours change or an emergency is switched on or off."""
