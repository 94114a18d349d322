"""What people are told in the page of what they wait for (消息). Clause C5.

It knows accounts as opaque ids and keeps a stable code, an object and a few parameters; the words and the page that a message
leads to are the portals'. No names or numbers of persons, no secrets, and nothing is sent outside the page.
"""
