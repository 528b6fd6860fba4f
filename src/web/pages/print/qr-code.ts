import newCode from 'qrcode-generator'

/** A printed code as one SVG path: a unit square for each dark module, with the four light modules around it that readers need (ISO/IEC 18004). */
export interface QrCode {
  /** Of the whole square, in modules. */
  readonly size: number
  readonly path: string
}

const quietZone = 4

/** Error correction M: a seventh of it may be torn or dirty. Throws where the text is too long for any code. */
export function qrCodeOf(text: string): QrCode {
  const code = newCode(0, 'M')
  code.addData(text)
  code.make()
  const modules = code.getModuleCount()
  const places = Array.from({ length: modules }, (_, at) => at)
  const path = places
    .flatMap((row) =>
      places.filter((column) => code.isDark(row, column)).map((column) => `M${column + quietZone} ${row + quietZone}h1v1h-1z`),
    )
    .join('')
  return { size: modules + 2 * quietZone, path }
}
