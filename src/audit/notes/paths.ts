import { tileWidth } from '../merkle/index.ts'
import { mustBeCount } from './encoding.ts'
import { FormatFault } from './fault.ts'

/** What a path of a tiled log asks for (C2SP tlog-tiles). `width` is 256 for what is full. */
export type TilePath =
  | { readonly kind: 'tile'; readonly level: number; readonly number: number; readonly width: number }
  | { readonly kind: 'entries'; readonly number: number; readonly width: number }

const highestLevel = 63
const longestPath = 64

/** `tile/<level>/<number>`, with `.p/<width>` for a tile that is not full. */
export function tilePath(level: number, number: number, width: number): string {
  if (!Number.isInteger(level) || level < 0 || level > highestLevel) throw new RangeError('no such level')
  return `tile/${level}/${placePath(number, width)}`
}

/** `tile/entries/<number>`, with `.p/<width>` for a bundle that is not full. */
export function entriesPath(number: number, width: number): string {
  return `tile/entries/${placePath(number, width)}`
}

/** Reads such a path: only the one way to write each place is taken. FormatFault `malformed_path`. */
export function parseTilePath(path: string): TilePath {
  const match = path.length > longestPath ? null : spelling.exec(path)
  if (match === null) throw new FormatFault('malformed_path')
  const [, kind = '', groups = '', partial = String(tileWidth)] = match
  const place = { number: Number(groups.replaceAll(/[x/]/g, '')), width: Number(partial) }
  const found: TilePath = kind === 'entries' ? { kind, ...place } : { kind: 'tile', level: Number(kind), ...place }
  if (!isPlace(found) || pathOf(found) !== path) throw new FormatFault('malformed_path')
  return found
}

const spelling = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/

function isPlace(at: TilePath): boolean {
  const level = at.kind === 'tile' ? at.level : 0
  return level <= highestLevel && Number.isSafeInteger(at.number) && at.width >= 1 && at.width <= tileWidth
}

const pathOf = (at: TilePath): string => (at.kind === 'tile' ? tilePath(at.level, at.number, at.width) : entriesPath(at.number, at.width))

function placePath(number: number, width: number): string {
  mustBeCount(number)
  if (!Number.isInteger(width) || width < 1 || width > tileWidth) throw new RangeError('no such width')
  const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, '0')
  const groups = digits.match(/.{3}/g) ?? []
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/')
  return width === tileWidth ? path : `${path}.p/${width}`
}
