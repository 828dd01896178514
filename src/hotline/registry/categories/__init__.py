"""What requests are about: the three-level category tree and the request types."""
