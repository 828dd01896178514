"""时限引擎: tickets whose clocks could not fire, as the system administrator sees them; never what stands in them."""
