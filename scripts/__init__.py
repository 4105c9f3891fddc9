"""What is run by hand, seldom: nothing here is part of the package."""
