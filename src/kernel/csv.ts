/** What a spreadsheet would take for a formula, and run (OWASP "CSV injection"). */
const formula = /^[=+\-@\t\r]/

/**
 * RFC 4180, with CRLF. A cell that a spreadsheet would run begins with an apostrophe instead; numbers stay numbers. Null is an empty cell.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
