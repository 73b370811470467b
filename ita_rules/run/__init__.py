"""The run on disk: what was gathered, and nothing that was judged. Ground floor: imports only `errors` and `model`."""
