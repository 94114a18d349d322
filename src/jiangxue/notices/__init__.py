"""What people are told in the page of what they wait for (消息). Clause C5."""
