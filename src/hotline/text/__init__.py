"""Chinese text: pure functions that run offline. A person confirms whatever they suggest."""
