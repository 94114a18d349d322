"""What learners think of the course they have finished and of its teachers (课程评价). Clause M6."""
