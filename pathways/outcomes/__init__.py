"""What a pathway ends in: certificates that can be verified, and breach files with their clocks."""
