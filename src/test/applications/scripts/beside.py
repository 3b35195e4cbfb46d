"""A module of the script's own may look at the request when it is imported."""
import os

SEEN = os.environ["QUERY_STRING"]
