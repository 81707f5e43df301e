"""What would apply to me? For anyone: one question a page, nothing stored, the same rules as everywhere."""
