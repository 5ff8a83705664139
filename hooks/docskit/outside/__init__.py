"""Pictures that pages take from other hosts: what is safe, how it is called, where it came from."""
