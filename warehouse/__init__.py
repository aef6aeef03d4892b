"""Results into tables, and all that leaves them: questions, exports, checks. The only place that speaks SQL."""
