"""Attendance: pure decisions. docs/rules/attendance.md."""
