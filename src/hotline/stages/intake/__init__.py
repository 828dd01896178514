"""① 受理: agents take requests in, answer, decline or pass them on."""
