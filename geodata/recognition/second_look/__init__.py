"""A second look at the sentences in which the fast models are in doubt: a small encoder of ours."""
