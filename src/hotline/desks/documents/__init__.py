"""公文: the desk of documents, one document with its deeds, the paper in print and in Word."""
