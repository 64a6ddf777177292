"""The demo company: invented people to try everything on, in any size."""
