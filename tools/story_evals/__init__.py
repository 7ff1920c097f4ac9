"""What the tools for the story engine share: labelled data, pools, scores, training."""
