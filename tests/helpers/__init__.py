"""What several tests share: real servers, awkward files, scripted stand-ins. Typed, and tested."""
