"""Speed and memory, as ratios in one run: ``script/bench``."""
