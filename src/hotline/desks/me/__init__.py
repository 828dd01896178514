"""个人设置: one's own account, how one likes to work, what rings, and where one is signed in."""
