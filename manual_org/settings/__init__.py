"""Settings: base holds what is common, and dev, test or prod is the one to choose."""
