"""Work that needs several floors, one for the window and the command line."""
