/** A small PDF of one page: lines of text, as a viewer shows them. */

/** Signs beyond Latin 1 are shown as "?". */
export function pdfOf(lines: string[]): Buffer {
  const safe = (text: string) => [...text].map((sign) => (sign.charCodeAt(0) > 255 ? '?' : '()\\'.includes(sign) ? `\\${sign}` : sign)).join('')
  const text = `BT /F1 12 Tf 56 780 Td 18 TL ${lines.map((line) => `(${safe(line)}) Tj T*`).join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
  ]
  let body = '%PDF-1.4\n'
  const offsets: number[] = []
  for (const [n, object] of objects.entries()) {
    offsets.push(body.length)
    body += `${n + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`
  return Buffer.from(`${body}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1')
}
