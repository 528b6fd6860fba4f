import {
  isBlank,
  isContinued,
  isDelimiter,
  isDevice,
  isFarewell,
  isField,
  isForwardMark,
  isMachineField,
  isPostscript,
  isTelling,
  linesOf,
  wroteLength,
  type Line,
} from './email-shapes.ts'

/** What a cut piece was, as the page that shows it says. */
export const cutKinds = ['headers', 'forwarding', 'signature', 'device'] as const

/** Lines that were taken out, as they stood. */
export interface CutPiece {
  readonly kind: (typeof cutKinds)[number]
  readonly text: string
}

export interface CutEmail {
  readonly kept: string
  readonly cut: readonly CutPiece[]
}

/** A signature block is short lines under a farewell: a name, a post, a ward, numbers, an address or two. */
const longestSignature = 12
const longestSignatureLine = 80

/** After so many rounds a text was made to be cut for ever. */
const mostRounds = 20

/**
 * Takes out of a pasted e-mail what says who wrote it and by which road it came: header fields, the first lines of forwarded and quoted
 * mails, signatures, a telephone's footer. It sees shapes, not meaning: the recorder is shown both parts before anything is kept. What is kept
 * is the text's own lines in their order; a text without such shapes comes back as it was, and cutting twice is cutting once.
 */
export function cutEmail(text: string): CutEmail {
  let kept = text.replaceAll(/\r\n?/g, '\n')
  const cut: CutPiece[] = []
  // What stood under a piece may look like one only once that is gone.
  for (let round = 0; round < mostRounds; round += 1) {
    const once = cutOnce(linesOf(kept))
    if (once.cut.length === 0) break
    kept = tidy(once.kept)
    cut.push(...once.cut)
  }
  return { kept, cut }
}

function cutOnce(lines: readonly Line[]): { kept: readonly string[]; cut: readonly CutPiece[] } {
  const blocks = fieldBlocks(lines)
  const kept: string[] = []
  const cut: CutPiece[] = []
  let top = true
  for (let at = 0; at < lines.length;) {
    const piece = pieceAt(lines, blocks, at, top)
    if (piece === null) {
      const { whole } = lines[at]!
      kept.push(whole)
      top &&= whole.trim() === ''
      at += 1
    } else {
      const text = lines.slice(at, at + piece.length).map(({ whole }) => whole)
      cut.push({ kind: piece.kind, text: text.join('\n') })
      at += piece.length
    }
  }
  return { kept, cut }
}

interface Piece {
  readonly kind: CutPiece['kind']
  readonly length: number
}

/** The piece that begins on this line, the most certain shape first. */
function pieceAt(lines: readonly Line[], blocks: Blocks, at: number, top: boolean): Piece | null {
  const line = lines[at]!
  if (isBlank(line)) return null
  const block = blocks.get(at)
  if (block !== undefined && (block.certain || (top && block.tells))) return { kind: 'headers', length: block.length }
  if (isForwardMark(line)) return { kind: 'forwarding', length: 1 }
  const wrote = wroteLength(lines, at)
  if (wrote > 0) return { kind: 'forwarding', length: wrote }
  if (isDevice(line)) return { kind: 'device', length: 1 }
  const signature = signatureLength(lines, blocks, at)
  return signature > 0 ? { kind: 'signature', length: signature } : null
}

interface Block {
  readonly length: number
  /** One of its fields names a sender, a subject or a time of sending. */
  readonly tells: boolean
  /** A header wherever it stands: a machine wrote some of it, or a telling field has company. A lone "To: …" may be a person's own words. */
  readonly certain: boolean
}
type Blocks = ReadonlyMap<number, Block>

/** Runs of fields with the lines that go on with them, by the line they begin on. */
function fieldBlocks(lines: readonly Line[]): Blocks {
  const blocks = new Map<number, Block>()
  for (let at = 0; at < lines.length; at += 1) {
    if (!isField(lines[at]!)) continue
    const start = at
    while (at + 1 < lines.length && !isBlank(lines[at + 1]!) && (isField(lines[at + 1]!) || isContinued(lines[at + 1]!))) at += 1
    const block = lines.slice(start, at + 1)
    const tells = block.some(isTelling)
    blocks.set(start, { length: block.length, tells, certain: block.some(isMachineField) || (tells && block.filter(isField).length > 1) })
  }
  return blocks
}

/** A delimiter and what stands under it, or a farewell with a few short lines: to the next mail, a postscript, empty lines or the end. */
function signatureLength(lines: readonly Line[], blocks: Blocks, at: number): number {
  const delimited = isDelimiter(lines[at]!)
  if (!delimited && !isFarewell(lines[at]!)) return 0
  let end = at + 1
  let blank = 0
  for (; end < lines.length && end - at <= longestSignature; end += 1) {
    if (isBlank(lines[end]!)) blank += 1
    else if (endsSignature(lines, blocks, end, delimited)) break
    if (blank > (delimited ? 2 : 1)) break
  }
  while (end > at + 1 && isBlank(lines[end - 1]!)) end -= 1
  return end - at
}

function endsSignature(lines: readonly Line[], blocks: Blocks, at: number, delimited: boolean): boolean {
  const line = lines[at]!
  if (isPostscript(line) || isForwardMark(line) || blocks.get(at)?.certain === true || wroteLength(lines, at) > 0) return true
  // A sentence is no part of somebody's name and number.
  return !delimited && (line.bare.length > longestSignatureLine || /[.?!]\s*$/.test(line.bare))
}

/** What is left where pieces were: no more than one empty line at a place, none at either end. */
function tidy(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replaceAll(/\n(?:[ \t>|]*\n){2,}/g, '\n\n')
    .trim()
}
