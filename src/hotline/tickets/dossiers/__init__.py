"""卷宗, as stored and as people reach them: what families of dossiers share. Tables and pages are each family's own.

They stand here because the stages and the oversight both keep some, and files, proofs and signing in are the tickets'.
"""
