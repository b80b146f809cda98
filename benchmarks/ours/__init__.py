"""varinterp's side of each benchmark."""
