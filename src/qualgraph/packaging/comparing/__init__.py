"""What is odd in many packaging rules, and what changed from one to another."""
