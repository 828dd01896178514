"""试算: what the last months would have looked like under other limits, from the ledger's clocks."""
