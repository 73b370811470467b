"""What detectors see, a module for each matter; each registers its own with `sight.detector`."""
