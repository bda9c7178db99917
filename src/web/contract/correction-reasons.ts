/** Why a number is corrected: a short list, the same on the page and on the movement. */
export const CORRECTION_REASONS = ['miscounted', 'damaged', 'found', 'stolen', 'own-use', 'other'] as const
