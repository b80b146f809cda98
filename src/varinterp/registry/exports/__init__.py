"""What leaves the registry for others to read: plain values in, files of a standard out."""
