"""`python -m hotline.config` is the `hotline` program: how it starts its own parts without searching for it."""

from hotline.config.program import main

main()
