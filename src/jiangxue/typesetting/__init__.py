"""How a paper becomes a PDF or a Word file: blocks of words in order (`shapes`), set in Chinese fonts.

It owns nothing, knows no table and no domain, and believes no text: whatever is in a title stays a text.
"""
