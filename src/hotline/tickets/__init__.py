"""The ticket, its clocks and its append-only ledger. `ledger.record` is the only writer of a ticket's state."""
