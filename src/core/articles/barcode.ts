/** Barcodes are text: leading zeros stay. GTIN-8, -12, -13 and -14 are compared padded to 14 digits, so a 12-digit UPC and its 13-digit EAN are one. */

/** The code padded to 14 digits, or null when it isn't a GTIN: wrong length, or a check digit that doesn't hold (GS1 General Specifications 7.9). */
export function gtin14(code: string): string | null {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return null
  const padded = code.padStart(14, '0')
  let sum = 0
  for (let n = 0; n < 13; n++) sum += Number(padded[n]) * (n % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10 === Number(padded[13]) ? padded : null
}
