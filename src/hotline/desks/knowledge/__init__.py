"""知识库的页面: agents look answers up and cite them, units write them, the office publishes them."""
