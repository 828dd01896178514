"""Acts on tickets that only this desk does: none. What leaders confirm are acts of intake and upkeep."""

from hotline.rules.acts import Act

ACTS: tuple[type[Act], ...] = ()
