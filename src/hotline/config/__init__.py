"""How the parts become one running installation: settings, addresses, processes and the `hotline` program."""
