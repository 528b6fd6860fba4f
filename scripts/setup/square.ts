import makeSquare from 'qrcode-generator'

const quiet = 2

/** A text as the square that a telephone reads, two rows a line; nothing where the output is no terminal, whose lines are for programs. */
export function squareOf(text: string, isTerminal: boolean = process.stdout.isTTY): string[] {
  if (!isTerminal) return []
  const square = makeSquare(0, 'M')
  square.addData(text)
  square.make()
  const size = square.getModuleCount()
  const places = Array.from({ length: size + 2 * quiet }, (_, at) => at - quiet)
  const isDark = (row: number, column: number) => row >= 0 && column >= 0 && row < size && column < size && square.isDark(row, column)
  // Light modules are drawn, so that it reads on a dark screen; most readers take the inverse too.
  const symbol = (row: number, column: number) =>
    isDark(row, column) ? (isDark(row + 1, column) ? ' ' : '▄') : isDark(row + 1, column) ? '▀' : '█'
  return places.filter((_, at) => at % 2 === 0).map((row) => `  ${places.map((column) => symbol(row, column)).join('')}`)
}
