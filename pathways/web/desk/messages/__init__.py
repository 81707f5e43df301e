"""The case's messages: the conversation, what is said to be wrong, what has changed."""
