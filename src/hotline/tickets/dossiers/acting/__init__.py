"""卷宗 on pages and interface: the doors, files and operations that every family of dossiers has."""
