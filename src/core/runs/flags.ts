/** When a dry run is unusual enough to ask once more before it is confirmed. Pure. */

/** So many are many, whatever the size of the shop. */
const MANY = 20
/** In a small shop: at least so many, when they are half of what would change. */
const MANY_OF_FEW = 3

export const asksTwice = (flagged: number, changes: number): boolean => flagged >= MANY || (flagged >= MANY_OF_FEW && flagged * 2 >= changes)
