"""The learner's pages: home, class, lesson, sign-out page, my records."""
