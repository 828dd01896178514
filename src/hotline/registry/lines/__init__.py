"""Ways in and code lists: channels, merged hotlines, tags and the reasons people may choose."""
