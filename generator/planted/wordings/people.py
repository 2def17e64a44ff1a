"""First names for the stories."""

NAMES = (
    "Amara", "Bjarne", "Chloe", "Dmitri", "Esra", "Farid", "Greta", "Hana", "Ivo", "Jamila",
    "Kenji", "Leila", "Mateo", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Sanjay", "Tova",
    "Ulrich", "Vera", "Wanjiru", "Ximena", "Yusuf", "Zofia",
)  # fmt: skip
"""Names, all different in their first letter."""
