"""Pages of emergency mode: what it means for everybody, and the switching of it with a preview for supervisors."""
