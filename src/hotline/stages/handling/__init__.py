"""③ 办理: units sign in, handle, ask and reply."""
