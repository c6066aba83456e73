"""The window: welcome, navigation, Home, and what goes on around the pages."""
