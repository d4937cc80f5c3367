"""Starting the embedded profile: one command prepares the data folder, loads the bundled facts and serves."""
