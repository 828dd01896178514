"""Emergency periods (应急状态): shorter limits for chosen matters and places while a flood or an epidemic lasts."""
