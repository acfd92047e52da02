"""What several kinds of tests share: a scripted provider, a router process, the real client."""
