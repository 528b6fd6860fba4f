/**
 * Reads a printed code back, as a phone does, from its SVG path: ISO/IEC 18004, versions 1 to 3 with error correction M (one block), byte mode.
 * Nothing is corrected: a wrong module gives a wrong text.
 */
export function readQrCode({ size, path }: { readonly size: number; readonly path: string }): string {
  const quiet = 4
  const modules = size - 2 * quiet
  const version = (modules - 17) / 4
  if (![1, 2, 3].includes(version)) throw new Error(`no reader for version ${version}`)
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${Number(x) - quiet} ${Number(y) - quiet}`))
  const at = (x: number, y: number): boolean => dark.has(`${x} ${y}`)

  // The first three bits of the format after the level, as masked by the standard (7.9)
  const formatBits = [0, 1, 2, 3, 4].map((x) => Number(at(x, 8)))
  const format = Number.parseInt(formatBits.join(''), 2) ^ 0b10101
  if (format >> 3 !== 0b00) throw new Error('the error correction level is not M')
  const masked = masks[format & 0b111]!

  const alignment = version === 1 ? null : modules - 7
  const isFunction = (x: number, y: number): boolean =>
    (x < 9 && y < 9) ||
    (x >= modules - 8 && y < 9) ||
    (x < 9 && y >= modules - 8) ||
    x === 6 ||
    y === 6 ||
    (alignment !== null && Math.abs(x - alignment) <= 2 && Math.abs(y - alignment) <= 2)

  const bits: number[] = []
  let upwards = true
  for (let right = modules - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1
    for (let step = 0; step < modules; step += 1) {
      const y = upwards ? modules - 1 - step : step
      const free = [right, right - 1].filter((x) => !isFunction(x, y))
      bits.push(...free.map((x) => Number(at(x, y) !== masked(x, y))))
    }
    upwards = !upwards
  }
  const number = (start: number, length: number): number => Number.parseInt(bits.slice(start, start + length).join(''), 2)
  if (number(0, 4) !== 0b0100) throw new Error('not in byte mode')
  const bytes = Array.from({ length: number(4, 8) }, (_, index) => number(12 + 8 * index, 8))
  return new TextDecoder().decode(new Uint8Array(bytes))
}

/** ISO/IEC 18004, table 10. */
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]
