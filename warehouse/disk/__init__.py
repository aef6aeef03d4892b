"""Files that survive a crash: written beside their place and renamed, locked, archived; troubles in words."""
