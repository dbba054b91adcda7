"""The rulebook: one folder for each library that it describes.  Ships as ``tangentx.templates``; declaring rules is the side effect of importing."""
