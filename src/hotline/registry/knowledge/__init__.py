"""知识库: what agents may tell a citizen at once, on which basis, and until when.

Units write the items, the hotline's office publishes them.
"""
