"""Made-up agencies with known truth, of every type and of several years, in two pools of wordings."""
