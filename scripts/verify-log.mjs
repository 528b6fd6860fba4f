#!/usr/bin/env node
/* oxlint-disable max-lines -- one file on purpose: an auditor can carry it, and read all of it */
/**
 * Forthright: the auditor's verifier. It checks a log without trusting the service that wrote it.
 *
 *   node verify-log.mjs <bundle.zip or folder> --key <key> [--key <key>] [--checkpoint <file>] [--witness <key>] [--json] [--speed]
 *   node verify-log.mjs proof <proof file> <entry file> --key <key> [--witness <key>]
 *   node verify-log.mjs diff <older bundle> <newer bundle> --key <key>
 *   node verify-log.mjs receipt <what a reporter keeps> --key <key> [--witness <key>]
 *   node verify-log.mjs sample <bundle> --key <key> [--size <n> --from <day> --to <day> --numbers <numbers> --count <n> --fixed <entry id>]
 *   node verify-log.mjs commit "<numbers>"
 *
 * One file, no dependency, no network, any Node from 20 on. It shares no code with the service. It believes nothing but the keys and
 * checkpoints named on the command line. Formats: RFC 6962, C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-proof.
 *
 * Ends with 0 whole, 1 tampered, 2 usage or unreadable or wrong input, 3 incomplete, 4 whole but for a declared restore.
 */
import crypto from 'node:crypto'
import { closeSync, existsSync, lstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import zlib from 'node:zlib'

// ---------------------------------------------------------------------------------------------------------------------------------
// Verdicts

/** What a finding means for the whole, gravest first. */
const exits = { tampered: 1, unusable: 2, incomplete: 3, restored: 4 }
const gravest = ['tampered', 'unusable', 'incomplete', 'restored']

/** What cannot be read, or is another thing than it must be: a refusal with a code of its own, exit 2. */
export class Unusable extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

/** The story of a verification, in the order in which it is told. */
const story = {
  signature: 'The newest checkpoint is signed by a key you trust',
  witnesses: 'Your witnesses have seen this log',
  files: 'The bundle has every file that a log of this size needs, and no other',
  entries: 'Every entry has its one exact form',
  tiles: 'The published hashes are those of the entries',
  root: 'All entries together give the root that was signed',
  checkpoints: 'Every older checkpoint is a beginning of this same log',
  restores: 'A restore from a backup has been declared',
  lanes: 'In no concern is an entry missing, moved, repeated or changed',
  order: 'Nothing that staff did is dated before what the log already held',
  reporters: 'Nothing dates a reporter’s act more finely than its day',
  people: 'Everybody who acted was let in, and in that role',
  steps: 'Every step is one that the published workflow allows',
  approvals: 'Where two people must agree, two did, with signatures that hold',
  limits: 'Every deadline is what the published calendar and limits give',
  samples: 'Every sample is the one that its numbers give, and they were fixed before anybody knew it',
  openings: 'What was opened is what the log committed to',
}

const mostFindings = 200
/**
 * Staff entries that belong to no concern enter the log in the order of their times, give or take a few batches. What was written until this many
 * seconds before the newest of them is therefore all there; what is later may rest on an entry that comes with a next batch, and is not judged
 * as tampering yet.
 */
const orderSlack = 2 * 86_400
/** What staff do on a concern waits until the entry that raised it has its place, and that one until its day is over. */
const waitSlack = 3 * 86_400

function createReport() {
  const made = new Set()
  const notes = new Map()
  const findings = []
  const young = new Map()
  const counts = { tampered: 0, unusable: 0, incomplete: 0, restored: 0 }
  return {
    findings,
    counts,
    /** The check was made, whatever it found. */
    made: (...names) => names.forEach((name) => made.add(name)),
    /** An entry of the last days whose reason may come with the next batch: it is named, and changes no verdict. */
    wait: (check, index) => young.set(check, [...(young.get(check) ?? []), index].slice(0, 1000)),
    note: (check, words) => notes.set(check, [...(notes.get(check) ?? []), words]),
    find: (severity, check, code, message, where = {}) => {
      made.add(check)
      counts[severity] += 1
      if (findings.length < mostFindings) return void findings.push({ severity, check, code, message, ...where })
      // Of very many the earliest entry still has to be named
      const last = findings.at(-1)
      if (where.index !== undefined && (last.index === undefined || where.index < last.index))
        findings[findings.length - 1] = { severity, check, code, message, ...where }
    },
    checks: () =>
      Object.entries(story)
        .filter(([name]) => made.has(name) || !['witnesses', 'restores', 'samples', 'openings'].includes(name))
        .map(([name, title]) => ({
          name,
          title,
          result: !made.has(name)
            ? 'not made'
            : (gravest.find((severity) => findings.some((f) => f.check === name && f.severity === severity)) ?? 'holds'),
          notes: [...(notes.get(name) ?? []), ...youngWords(young.get(name))],
        })),
    exitCode: () => exits[gravest.find((severity) => counts[severity] > 0)] ?? 0,
  }
}

function youngWords(indices) {
  if (indices === undefined) return []
  const many = indices.length === 1 ? 'one entry of the last days rests' : `${indices.length} entries of the last days rest`
  return [`${many} on what comes with a next batch, so check a later bundle too: entry ${Math.min(...indices)}`]
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Hashes and the tree (RFC 6962 2.1)

const sha256 =
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha256', bytes, 'buffer')
    : (bytes) => crypto.createHash('sha256').update(bytes).digest()

const hashLength = 32
const tileWidth = 256
const tileHeight = 8
const emptyRoot = sha256(Buffer.alloc(0))

const nodeInput = Buffer.alloc(1 + 2 * hashLength)
nodeInput[0] = 1
function nodeHash(left, right) {
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + hashLength)
  return sha256(nodeInput)
}

export function leafHash(bytes) {
  return sha256(Buffer.concat([Buffer.of(0), bytes]))
}

/** The right edge of a growing tree. `rise(level, hash)` hears of every hash that a tile of that level is made of. */
function createTree(rise = () => {}) {
  const complete = []
  let size = 0
  return {
    append: (leaf) => {
      let hash = leaf
      rise(0, hash)
      let height = 0
      for (; complete[height] !== undefined && complete[height] !== null; height += 1) {
        hash = nodeHash(complete[height], hash)
        complete[height] = null
        if ((height + 1) % tileHeight === 0) rise((height + 1) / tileHeight, hash)
      }
      complete[height] = hash
      size += 1
    },
    size: () => size,
    root: () =>
      complete.reduce((right, hash) => (hash === null ? right : right === null ? hash : nodeHash(hash, right)), null) ?? emptyRoot,
  }
}

/** Whether the leaf stands at `index` in the tree of `size` leaves (RFC 9162 2.1.3.2). */
export function inclusionHolds(index, size, leaf, proof, root) {
  if (index >= size || proof.length > 63) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
    } else hash = nodeHash(hash, sibling)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && hash.equals(root)
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Notes, keys, checkpoints, proofs (C2SP)

const largestNote = 64 * 1024
const mostSignatures = 64
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function readText(bytes, code) {
  if (bytes.length > largestNote) throw new Unusable(code, 'It is larger than such a file can be.')
  let text
  try {
    text = strictUtf8.decode(bytes)
  } catch {
    throw new Unusable(code, 'It is not UTF-8 text.')
  }
  if (text.startsWith('\uFEFF'))
    throw new Unusable(code, 'An editor saved it with a mark at its beginning. Save it once more as it was sent.')
  if (text.includes('\r\n')) throw new Unusable(code, 'An editor changed its line ends. Save it once more as it was sent.')
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u0009\u000B-\u001F]/.test(text)) throw new Unusable(code, 'It has control characters in it.')
  return text
}

/** RFC 4648, padded, in the one way to write those bytes; null for anything else. */
function fromBase64(text) {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}

/** For bytes that are kept: a few of them, cut from a pool or a file, would keep all of that (64 KB for each of a thousand signatures). */
const apart = (bytes) => Buffer.alloc(bytes.length, bytes)

function readCount(digits) {
  const count = /^(0|[1-9][0-9]{0,15})$/.test(digits) ? Number(digits) : Number.NaN
  return Number.isSafeInteger(count) ? count : null
}

const keyBeginning = Buffer.from('302a300506032b6570032100', 'hex') // RFC 8410
const publicKeys = new Map()

function publicKeyOf(raw) {
  const name = raw.toString('latin1')
  const key = publicKeys.get(name) ?? crypto.createPublicKey({ key: Buffer.concat([keyBeginning, raw]), format: 'der', type: 'spki' })
  if (publicKeys.size < 10_000) publicKeys.set(name, key)
  return key
}

/** A key as its owner gives it out: `name+id+base64`. */
export function readVerifierKey(text) {
  const [, name, id, encoded] = /^([^\s+]{1,512})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text.trim()) ?? []
  const material = encoded === undefined ? null : fromBase64(encoded)
  if (material === null || material.length !== 33 || (material[0] !== 1 && material[0] !== 4))
    throw new Unusable('malformed_key', `"${text.trim().slice(0, 60)}" is not a key. A key looks like name+1234abcd+base64.`)
  const expected = sha256(Buffer.concat([Buffer.from(`${name}\n`), material])).toString('hex', 0, 4)
  if (expected !== id) throw new Unusable('malformed_key', `The key of ${name} has a slip in it: its number does not fit.`)
  return { name, id, witness: material[0] === 4, key: publicKeyOf(material.subarray(1)), text: text.trim() }
}

/** Text and signature lines of a note, nothing believed yet. */
function splitNote(bytes, code = 'malformed_note') {
  const note = readText(bytes, code)
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n') || blank + 2 === note.length) throw new Unusable(code, 'It is no signed note.')
  const lines = note.slice(blank + 2, -1).split('\n', mostSignatures + 1)
  if (lines.length > mostSignatures) throw new Unusable(code, 'It has too many signatures.')
  return { text: note.slice(0, blank + 1), lines: lines.map((line) => readSignatureLine(line, code)) }
}

function readSignatureLine(line, code) {
  const [, name, encoded] = /^— ([^\s+]{1,512}) ([A-Za-z0-9+/=]{8,512})$/.exec(line) ?? []
  const bytes = encoded === undefined ? null : fromBase64(encoded)
  if (bytes === null || bytes.length < 5) throw new Unusable(code, 'One of its signature lines cannot be read.')
  return { name, id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }
}

/** A checkpoint as it reads, with its lines of signatures, none of them checked. */
export function readCheckpoint(bytes) {
  const code = 'malformed_checkpoint'
  const { text, lines } = splitNote(bytes, code)
  const [origin, digits, encoded, ...extensions] = text.slice(0, -1).split('\n')
  const size = readCount(digits ?? '')
  const root = fromBase64(encoded ?? '')
  if (!origin || size === null || root?.length !== hashLength || extensions.includes(''))
    throw new Unusable(code, 'It is no checkpoint of a log.')
  return { text, lines, origin, size, root, restored: readRestored(extensions, code) }
}

/** How many restores a checkpoint counts: one line `restored <k>`, and none before the first. */
function readRestored(extensions, code) {
  const counted = extensions.filter((line) => line.startsWith('restored '))
  if (counted.length === 0) return 0
  const restored = readCount(counted[0].slice('restored '.length))
  if (counted.length > 1 || restored === null || restored === 0) throw new Unusable(code, 'Its line about restores cannot be read.')
  return restored
}

function signatureHolds(text, line, { key, witness }) {
  if (!witness) return line.signature.length === 64 && crypto.verify(null, Buffer.from(text), key, line.signature) ? { time: null } : null
  if (line.signature.length !== 72) return null
  const time = line.signature.readBigUInt64BE(0)
  const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)
  return crypto.verify(null, message, key, line.signature.subarray(8)) ? { time: Number(time) } : null
}

/** Which of these keys signed it, and which lines claim one of them falsely. */
function judgeSignatures({ text, lines }, keys) {
  const good = []
  const bad = []
  for (const line of lines) {
    const key = keys.find((each) => each.name === line.name && each.id === line.id)
    if (key === undefined) continue
    const signed = signatureHolds(text, line, key)
    if (signed === null) bad.push(key)
    else good.push({ key, time: signed.time })
  }
  return { good, bad }
}

/** C2SP tlog-proof. */
function readProof(bytes) {
  const code = 'malformed_proof'
  const file = readText(bytes, code)
  const blank = file.indexOf('\n\n')
  const lines = file.slice(0, Math.max(blank, 0)).split('\n', 68)
  if (lines[1]?.startsWith('extra ')) lines.splice(1, 1)
  const [first, indexLine = '', ...encoded] = lines
  const hashes = encoded.map(fromBase64)
  const index = indexLine.startsWith('index ') ? readCount(indexLine.slice('index '.length)) : null
  if (first !== 'c2sp.org/tlog-proof@v1' || index === null || hashes.length > 63 || hashes.some((hash) => hash?.length !== hashLength))
    throw new Unusable(code, 'It is no proof of an entry.')
  return { index, hashes, checkpoint: readCheckpoint(Buffer.from(file.slice(blank + 2))) }
}

const groupsOf = (number) => {
  const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, '0')
  return digits
    .match(/.{3}/g)
    .map((group, at, all) => (at === all.length - 1 ? group : `x${group}`))
    .join('/')
}

/** C2SP tlog-tiles: where a tile or entry bundle lies. `level` is a number or 'entries'. */
const tilePath = (level, number, width) => `tile/${level}/${groupsOf(number)}${width === tileWidth ? '' : `.p/${width}`}`

/** How many hashes or entries a tile has in a log of this size; 0 where there is none. */
const widthOfTile = (size, level, number) =>
  Math.max(0, Math.min(tileWidth, Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level)) - number * tileWidth))

const tileShape = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/

/** Whether a file of this name belongs into a bundle of this size. */
function belongs(name, size) {
  if (['README.txt', 'checkpoint', 'openings.jsonl'].includes(name)) return true
  const [, digits] = /^checkpoints\/([0-9]{1,16})$/.exec(name) ?? []
  if (digits !== undefined) return readCount(digits) !== null
  const [, level, groups, partial] = tileShape.exec(name) ?? []
  if (level === undefined) return false
  const number = Number(groups.replaceAll(/[x/]/g, ''))
  const width = partial === undefined ? tileWidth : Number(partial)
  const place = level === 'entries' ? level : Number(level)
  return width > 0 && width === widthOfTile(size, place, number) && tilePath(place, number, width) === name
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Bundles: a zip file, or the folder that it unpacks to. Both are hostile until proven otherwise.

const mostFiles = 500_000
const largestDirectory = 64 * 1024 * 1024
const longestName = 200
/** The most that a file of each kind can hold once it is unpacked, in bytes. */
const largest = { entries: tileWidth * (2 + 0xffff), tile: tileWidth * hashLength, note: largestNote, openings: 64 * 1024 * 1024 }

/** Names are taken in one spelling only: relative, with forward slashes, plain letters. */
const nameIsPlain = (name) =>
  name.length <= longestName && /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(name) && !/(^|\/)\.\.?(\/|$)/.test(name)
const hostile = (message) => new Unusable('hostile_zip', message)

/** What a bundle is read through: `has`, `names`, `read(name, most)` (null where it is not there), `close`. */
function openBundle(file) {
  let kind
  try {
    kind = statSync(file)
  } catch {
    throw new Unusable('not_found', `There is no file or folder "${file}".`)
  }
  if (kind.isDirectory()) return openFolder(file)
  if (!kind.isFile()) throw new Unusable('not_a_bundle', `"${file}" is neither a zip file nor a folder.`)
  return openZip(file, kind.size)
}

const leftByOthers = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

function openFolder(folder) {
  const names = new Set()
  const walk = (inside, depth) => {
    if (depth > 10) throw new Unusable('hostile_folder', 'The folder is nested deeper than a bundle is.')
    for (const item of readdirSync(path.join(folder, inside), { withFileTypes: true })) {
      const name = inside === '' ? item.name : `${inside}/${item.name}`
      if (leftByOthers.has(item.name)) continue
      if (item.isDirectory()) walk(name, depth + 1)
      else if (!item.isFile()) throw new Unusable('hostile_folder', `"${printable(name)}" is no ordinary file.`)
      else names.add(name)
      if (names.size > mostFiles) throw new Unusable('hostile_folder', 'The folder has more files than a bundle can have.')
    }
  }
  walk('', 0)
  return {
    has: (name) => names.has(name),
    names: () => names,
    close: () => {},
    read: (name, most) => {
      if (!names.has(name)) return null
      const place = path.join(folder, name)
      const { size } = lstatSync(place)
      if (size > most) throw new Unusable('too_large', `"${name}" is larger than such a file can be.`)
      return readFileSync(place)
    },
  }
}

/** Reads a zip by its central directory, one file at a time: nothing is unpacked to disk, and no more memory is taken than one file may have. */
function openZip(file, length) {
  const descriptor = openSync(file, 'r')
  try {
    const files = readDirectory(descriptor, length)
    return {
      has: (name) => files.has(name),
      names: () => files.keys(),
      close: () => closeSync(descriptor),
      read: (name, most) => (files.has(name) ? unpack(descriptor, name, files.get(name), most) : null),
    }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

function readAt(descriptor, at, count) {
  const bytes = Buffer.allocUnsafe(count)
  let filled = 0
  while (filled < count) {
    const got = readSync(descriptor, bytes, filled, count - filled, at + filled)
    if (got === 0) throw new Unusable('cut_zip', 'The zip file ends too early. Download it again.')
    filled += got
  }
  return bytes
}

/** Where the central directory lies and how many files it lists (APPNOTE 4.3.14 to 4.3.16). */
function findDirectory(descriptor, length) {
  const tail = readAt(descriptor, Math.max(0, length - 65_557), Math.min(length, 65_557))
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (at < 0 || at + 22 > tail.length) throw new Unusable('not_a_zip', 'It is no zip file, or it is cut off. Download it again.')
  if (at + 22 + tail.readUInt16LE(at + 20) !== tail.length) throw hostile('The zip file has something behind its end.')
  if (tail.readUInt32LE(at + 4) !== 0) throw hostile('The zip file is one of several parts.')
  const short = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  const isLarge = short[0] === 0xffff || short[1] === 0xffffffff || short[2] === 0xffffffff
  const end = length - tail.length + at
  const [count, size, offset] = isLarge ? findLargeDirectory(descriptor, end) : short
  if (count > mostFiles || size > largestDirectory) throw hostile('The zip file lists more files than a bundle can have.')
  if (offset + size > end) throw hostile('The list of files in the zip file lies outside it.')
  return { count, size, offset }
}

/** The same with 64 bits: a record, and a locator before the end that says where it is. */
function findLargeDirectory(descriptor, end) {
  const unknown = hostile('The zip file does not say how large it is.')
  if (end < 76) throw unknown
  const locator = readAt(descriptor, end - 20, 20)
  if (locator.readUInt32LE(0) !== 0x07064b50) throw unknown
  const at = safe(locator.readBigUInt64LE(8))
  if (at + 56 > end) throw unknown
  const record = readAt(descriptor, at, 56)
  if (record.readUInt32LE(0) !== 0x06064b50) throw unknown
  return [32, 40, 48].map((place) => safe(record.readBigUInt64LE(place)))
}

function safe(big) {
  if (big > BigInt(Number.MAX_SAFE_INTEGER)) throw hostile('The zip file names a size that no file has.')
  return Number(big)
}

function readDirectory(descriptor, length) {
  const { count, size, offset } = findDirectory(descriptor, length)
  const bytes = readAt(descriptor, offset, size)
  const files = new Map()
  let at = 0
  for (let seen = 0; seen < count; seen += 1) {
    if (at + 46 > size || bytes.readUInt32LE(at) !== 0x02014b50) throw hostile('The list of files in the zip file is broken.')
    const lengths = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const next = at + 46 + lengths[0] + lengths[1] + lengths[2]
    if (next > size) throw hostile('The list of files in the zip file is broken.')
    const name = bytes.toString('utf8', at + 46, at + 46 + lengths[0])
    const listed = readListed(bytes, at, bytes.subarray(at + 46 + lengths[0], at + 46 + lengths[0] + lengths[1]))
    at = next
    if (name.endsWith('/') && listed.size === 0 && nameIsPlain(name.slice(0, -1))) continue
    if (!nameIsPlain(name)) throw hostile(`The zip file has a file with a name that no bundle has: "${printable(name)}".`)
    if (files.has(name)) throw hostile(`The zip file has "${name}" twice.`)
    files.set(name, listed)
  }
  if (at !== size) throw hostile('The list of files in the zip file is longer than it says.')
  refuseOverlaps(files, offset)
  return files
}

function readListed(bytes, at, extra) {
  const listed = {
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    at: bytes.readUInt32LE(at + 42),
    end: 0,
  }
  const attributes = bytes.readUInt32LE(at + 38)
  if ((bytes.readUInt16LE(at + 8) & 0x2041) !== 0) throw hostile('The zip file is encrypted.')
  if (listed.method !== 0 && listed.method !== 8) throw hostile('The zip file is packed in a way that no bundle is.')
  if (((attributes >>> 16) & 0o170000) === 0o120000) throw hostile('The zip file has a link in it.')
  readLarge(listed, extra)
  if (listed.packed > listed.size + (listed.size >> 6) + 64) throw hostile('The zip file contradicts itself about a size.')
  if (listed.method === 0 && listed.packed !== listed.size) throw hostile('The zip file contradicts itself about a size.')
  return listed
}

/** Sizes that need 64 bits stand in an extra field, in a fixed order, only those that do (APPNOTE 4.5.3). */
function readLarge(listed, extra) {
  for (let at = 0; at + 4 <= extra.length;) {
    const [tag, length] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)]
    if (at + 4 + length > extra.length) throw hostile('The list of files in the zip file is broken.')
    if (tag === 1) takeLarge(listed, extra.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
}

function takeLarge(listed, numbers) {
  const large = ['size', 'packed', 'at'].filter((field) => listed[field] === 0xffffffff)
  if (numbers.length < 8 * large.length) throw hostile('The list of files in the zip file is broken.')
  large.forEach((field, place) => {
    listed[field] = safe(numbers.readBigUInt64LE(8 * place))
  })
}

/** Two names for the same bytes are how a small file becomes an endless one. */
function refuseOverlaps(files, directoryAt) {
  const inOrder = [...files.values()].sort((a, b) => a.at - b.at)
  inOrder.forEach((listed, place) => {
    listed.end = inOrder[place + 1]?.at ?? directoryAt
    if (listed.at + 30 + listed.packed > listed.end) throw hostile('Files in the zip file lie one over the other.')
  })
}

function unpack(descriptor, name, listed, most) {
  if (listed.size > most) throw new Unusable('too_large', `"${name}" is larger than such a file can be.`)
  const head = readAt(descriptor, listed.at, 30)
  const start = listed.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  const sameName = head.readUInt16LE(26) === name.length && readAt(descriptor, listed.at + 30, name.length).toString('latin1') === name
  if (head.readUInt32LE(0) !== 0x04034b50 || !sameName || head.readUInt16LE(8) !== listed.method)
    throw hostile(`The zip file contradicts itself about "${name}".`)
  if (start + listed.packed > listed.end) throw hostile('Files in the zip file lie one over the other.')
  const packed = readAt(descriptor, start, listed.packed)
  const bytes = listed.method === 0 ? packed : inflate(packed, listed.size, name)
  if (bytes.length !== listed.size || crc32(bytes) !== listed.crc)
    throw new Unusable('damaged_zip', `"${name}" is damaged in the zip file. Download the bundle again.`)
  return bytes
}

function inflate(packed, size, name) {
  try {
    // In one piece that has room to spare: otherwise it is put together from many, and all of them lie about
    return zlib.inflateRawSync(packed, { maxOutputLength: Math.max(size, 1), chunkSize: size + 64 })
  } catch {
    throw new Unusable('damaged_zip', `"${name}" cannot be unpacked. Download the bundle again.`)
  }
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes) {
  if (typeof zlib.crc32 === 'function') return zlib.crc32(bytes)
  let value = -1
  for (const byte of bytes) value = crcTable[(value ^ byte) & 0xff] ^ (value >>> 8)
  return (value ^ -1) >>> 0
}

/** For a screen: whatever a file calls itself, it writes nothing there but plain letters. */
const printable = (text) =>
  String(text)
    .slice(0, 120)
    .replaceAll(/[^\x20-\x7e]/g, '?')

/** A person's name for a screen: letters of any script, and nothing that moves a cursor or turns the line around. */
const plainName = (text) => text.slice(0, 120).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')

/**
 * Goes through the entries of a log in order, one entry bundle in memory at a time. `each(index, bytes, leaf)`: the entry's bytes stay good until
 * the next bundle. Answers with how far it came, and why no further.
 */
function walkEntries(bundle, size, each) {
  for (let number = 0; number * tileWidth < size; number += 1) {
    const width = widthOfTile(size, 'entries', number)
    const name = tilePath('entries', number, width)
    const bytes = bundle.read(name, largest.entries)
    const first = number * tileWidth
    if (bytes === null) return { reached: first, missing: name }
    let at = 0
    for (let place = 0; place < width; place += 1) {
      const end = at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : Number.POSITIVE_INFINITY
      if (end > bytes.length) return { reached: first + place, broken: name }
      // The byte before the entry is its length's: a zero there makes leaf and prefix one run of bytes (RFC 6962 2.1)
      bytes[at + 1] = 0
      each(first + place, bytes.subarray(at + 2, end), sha256(bytes.subarray(at + 1, end)))
      at = end
    }
    if (at !== bytes.length) return { reached: first + width, broken: name }
  }
  return { reached: size }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Days and instants

const secondsADay = 86_400

const readDays = new Map()

/** Days since 1970-01-01 of a real date in the form 2026-11-22; NaN for anything else. */
export function readDay(text) {
  const known = readDays.get(text)
  if (known !== undefined) return known
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return Number.NaN
  const day = Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8)) / 86_400_000
  const real = dayText(day) === text ? day : Number.NaN
  if (readDays.size < 20_000) readDays.set(text, real)
  return real
}

const dayText = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** Seconds since 1970 of an instant in the form 2026-11-22T14:05:09Z; NaN for anything else. */
export function readInstant(text) {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return Number.NaN
  const [hour, minute, second] = [+text.slice(11, 13), +text.slice(14, 16), +text.slice(17, 19)]
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN
  return readDay(text.slice(0, 10)) * secondsADay + hour * 3600 + minute * 60 + second
}

const lastSundays = new Map()
/** Summer time in London: from the last Sunday of March to the last of October, both at 1:00 UTC (the Summer Time Order 2002). */
function summerOf(year) {
  const known = lastSundays.get(year)
  if (known !== undefined) return known
  const lastSunday = (month) => {
    const last = Date.UTC(year, month + 1, 0) / 86_400_000
    return (last - ((last + 4) % 7)) * secondsADay + 3600 // 1970-01-01 was a Thursday
  }
  const summer = [lastSunday(2), lastSunday(9)]
  lastSundays.set(year, summer)
  return summer
}

/** The London day of an instant. */
export function londonDay(seconds) {
  const [begins, ends] = summerOf(new Date(seconds * 1000).getUTCFullYear())
  return Math.floor((seconds >= begins && seconds < ends ? seconds + 3600 : seconds) / secondsADay)
}

const worksOn = (day, holidays) => (((day + 3) % 7) + 7) % 7 < 5 && !holidays.has(day)

/** The last day that still keeps a limit: day 0 is the start, day 1 the next working day. */
export function dueDay(rule, start, holidays) {
  if (rule.unit === 'calendar_days') return start + rule.limit
  if (rule.unit === 'same_day') return start
  if (rule.unit === 'hours') return start + Math.ceil(rule.limit / 24)
  if (rule.unit === 'calendar_months') {
    const from = new Date(start * 86_400_000)
    const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + rule.limit]
    return Date.UTC(year, month, Math.min(from.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate())) / 86_400_000
  }
  let day = start
  for (let counted = 0; counted < rule.limit;) {
    day += 1
    if (worksOn(day, holidays)) counted += 1
  }
  return day
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Entries: kinds, exact form

/** Every kind of entry: its lane, and the fields it may carry. */
export const kinds = {
  concern_raised: 'reporter status openness channel danger commitment reporterKey recipientSet acknowledgeBy rule',
  reporter_wrote: 'reporter item',
  withdrawal_asked: 'reporter item',
  openness_changed: 'reporter before openness item part partKey',
  token_replaced: 'reporter',
  feedback_given: 'reporter item cycle',
  notices_chosen: 'reporter notices',
  detriment_reported: 'reporter item told',
  concern_sent_on: 'reporter person target compartments reason item',
  follow_up_answered: 'reporter months item',
  concern_recorded: 'staff channel receivedOn backDatedDays returnChannel people item',
  concern_linked: 'staff relation others item',
  concern_unlinked: 'staff others item',
  concern_acknowledged: 'staff action from to item clock dueOn state reporterKey',
  concern_triaged: 'staff action from to item riskGrade decision consent conflict secondApproverRequired',
  investigation_started: 'staff action from to item investigator expectedEnd',
  approval_requested: 'staff action from to approval approver decidedBy reasonCode item',
  approval_given: 'staff action from to approval requestedBy summary decision decidedAt signature',
  approval_refused: 'staff action from to approval requestedBy summary decision decidedAt signature',
  resolving_without_investigation: 'staff action from to decidedBy reasonCode item',
  concern_referred: 'staff action from to target shareIdentity item',
  findings_recorded: 'staff action from to item findings actions',
  concern_resolved: 'staff action from to outcome feedbackShared item',
  concern_closed: 'staff action from to followUp months actionEnd item',
  concern_reopened: 'staff action from to cycle item',
  concern_withdrawn: 'staff action from to organisationMustAct outcome asked item',
  concern_assigned: 'staff action from to owner reasonCode',
  conflict_declared: 'staff action from to person owner parts',
  concern_escalated: 'staff action from to target person contentShared item',
  message_sent: 'staff item',
  note_written: 'staff item',
  assessment_recorded: 'staff version',
  contact_logged: 'staff channel minutes month item',
  private_note_written: 'staff note',
  detriment_risk_assessed: 'staff report riskGrade item',
  detriment_plan_set: 'staff report reviewOn item',
  detriment_reviewed: 'staff report reviewFor finding item',
  detriment_closed: 'staff report reasonCode item',
  clock_warned: 'staff clock of cycle round dueOn stepOn person',
  clock_escalated: 'staff clock of cycle round step dueOn stepOn person',
  access_granted: 'staff person compartments reasonCode',
  access_recovered: 'staff person compartments',
  deadline_moved: 'staff setting clock of before after',
  risk_screened: 'staff riskGrade item',
  first_contact_recorded: 'staff parts item',
  follow_up_made: 'staff months item',
  clock_paused: 'staff clock of until reasonCode authoriser item',
  clock_resumed: 'staff clock of item',
  clock_extended: 'staff clock of before until reasonCode item',
  task_set: 'staff task dueOn item',
  task_done: 'staff task item link',
  task_passed_on: 'staff task item',
  task_link_made: 'staff task link signKey expiresOn',
  task_link_withdrawn: 'staff task link',
  concern_viewed: 'staff',
  content_viewed: 'staff compartments',
  identity_viewed: 'staff reason',
  summary_viewed: 'staff approval',
  queue_viewed: 'staff',
  summary_printed: 'staff include',
  concern_exported: 'staff compartments',
  time_exported: 'staff rows',
  log_viewed: 'staff entries',
  log_exported: 'staff what from entries size openings',
  log_checked: 'staff what verdict entries from',
  report_viewed: 'staff report from to clock limit unit',
  report_exported: 'staff report from to format',
  sample_fixed: 'staff sample from to count commitment',
  sample_drawn: 'staff sample fixed size root from to numbers count population drawn',
  sample_unlocked: 'staff sample signature until',
  sample_refused: 'staff sample reasonCode',
  sample_viewed: 'staff sample',
  checkpoint_mailed: 'staff size people',
  mail_round_made: 'staff round slot',
  note_choice_changed: 'staff note',
  urgent_called: 'staff calls answered',
  log_key_announced: 'staff verifierKey',
  log_key_retired: 'staff verifierKey',
  attempt_refused: 'staff attempt code',
  signed_in: 'staff',
  sign_in_failed: 'staff person code',
  signed_out: 'staff',
  stepped_up: 'staff',
  person_added: 'staff person roles fingerprint signKey who',
  person_invited: 'staff person roles replaces who',
  invitation_withdrawn: 'staff person',
  person_enrolled: 'staff person roles fingerprint signKey replaces who',
  person_deactivated: 'staff person',
  person_reactivated: 'staff person',
  opening_destroyed: 'staff person openings',
  absence_entered: 'staff person from to',
  absence_removed: 'staff person from to',
  rights_change_asked: 'staff person roles deputy groups',
  second_factor_reset_requested: 'staff person',
  second_factor_reset_confirmed: 'staff person requestedBy',
  second_factor_reset_refused: 'staff person requestedBy',
  second_factor_renewed: 'staff person',
  password_changed: 'staff',
  recovery_code_made: 'staff',
  recovery_code_used: 'staff person',
  sessions_ended: 'staff count',
  keys_renewed: 'staff person fingerprint signKey',
  recovery_key_made: 'staff fingerprint shares needed',
  recovery_exported: 'staff person concerns',
  recipient_set_recovered: 'staff version digest people inForce rights',
  recipient_set_signed: 'staff version digest people inForce rights',
  organisation_opened: 'staff stamp',
  settings_changed: 'staff setting rows before digest change item version',
  workflow_published: 'staff table',
  calendar_published: 'staff division days',
  limits_published: 'staff rules',
  limit_announced: 'staff code version validFrom noticeUntil people',
  limit_withdrawn: 'staff code version validFrom people',
  duty_began: 'staff duty code startedOn startedAt dueOn',
  duty_done: 'staff duty code number doneOn doneAt state',
  duty_paused: 'staff duty code number reasonCode',
  duty_resumed: 'staff duty code number',
  duty_extended: 'staff duty code number before until reasonCode',
  duty_warned: 'staff duty code dueOn dueAt stepOn stepAt person',
  duty_escalated: 'staff duty code step dueOn dueAt stepOn stepAt person',
  backup_made: 'staff key',
  restore_declared: 'staff restore kept outsideSize outsideRoot missing newerList',
  settings_previewed: 'staff setting',
  saved_view_changed: 'staff view change team',
}

const known = new Map(
  Object.entries(kinds).map(([kind, text]) => {
    const [lane, ...fields] = text.split(' ')
    return [kind, { lane, fields: new Set(fields) }]
  }),
)

/** The steps of a concern, and the action of the published workflow that each of them is. */
const stepActions = {
  concern_acknowledged: 'acknowledge',
  concern_triaged: 'triage',
  investigation_started: 'start_investigation',
  approval_requested: 'resolve_without_investigation',
  approval_given: 'resolve_without_investigation',
  approval_refused: 'resolve_without_investigation',
  resolving_without_investigation: 'resolve_without_investigation',
  concern_referred: 'refer',
  findings_recorded: 'record_findings',
  concern_resolved: 'resolve',
  concern_closed: 'close',
  concern_reopened: 'reopen',
  concern_withdrawn: 'withdraw',
  concern_assigned: 'assign',
  conflict_declared: 'declare_conflict',
  concern_escalated: 'escalate',
}

const staffRoles = new Set(['guardian', 'investigator', 'executive_lead', 'non_executive_lead', 'auditor', 'administrator'])

/** The members an entry has, in the order of their canonical text: exactly these, whatever it says. */
const shapes = {
  'actor,at,fields,format,id,kind,lane': 'staff',
  'actor,at,concern,fields,format,id,kind,lane,number,previous': 'staff',
  'actor,concern,fields,format,id,kind,lane,number,on,previous': 'reporter',
  'format,id,kind,lane': 'cover',
}

/** A fault that an entry has by itself: what is wrong, and in which check it belongs. */
const fault = (code, message, check = 'entries', severity = 'tampered') => ({ code, message, check, severity })

/** The entry of these bytes, or its fault. What passes has exactly one text: strict canonical JSON (RFC 8785) of known members. */
function readEntry(bytes) {
  const text = bytes.toString('utf8')
  if (text.includes('�') && !Buffer.from(text).equals(bytes)) return { fault: fault('not_utf8', 'is not UTF-8 text') }
  let entry
  try {
    entry = JSON.parse(text)
    if (JSON.stringify(entry) !== text) return { fault: fault('not_canonical', 'is not written in the one form that such an entry has') }
  } catch {
    return { fault: text === '' ? fault('not_there', 'is not there: its place is empty') : fault('not_json', 'is not JSON') }
  }
  if (text.includes('\\ud') && /(^|[^\\])(\\\\)*\\ud/.test(text)) return { fault: fault('not_canonical', 'has half a character in it') }
  const wrong = typeof entry === 'object' && entry !== null ? faultOf(entry, text) : fault('not_an_entry', 'is no entry')
  return wrong === null ? { entry } : { fault: wrong }
}

function faultOf(entry, text) {
  if (entry.format !== 'forthright-entry/1')
    return fault('unknown_format', 'is of a format that this program does not know', 'entries', 'unusable')
  const shape = shapes[Object.keys(entry).join(',')]
  if (shape === undefined) {
    const dated = entry.lane === 'reporter' && 'at' in entry
    return dated
      ? fault('reporter_time', 'dates a reporter’s act more finely than its day', 'reporters')
      : fault('wrong_shape', 'does not have exactly the parts that an entry has')
  }
  if (entry.lane !== shape) return fault('wrong_lane', 'is in another lane than its parts say')
  if (shape === 'cover') return entry.kind === 'cover' ? null : fault('wrong_shape', 'is a cover entry and says something')
  return faultOfParts(entry, shape, text)
}

function faultOfParts(entry, lane, text) {
  const { actor, fields, kind } = entry
  if (!isRecord(actor) || !isRecord(fields) || typeof kind !== 'string')
    return fault('wrong_shape', 'does not have exactly the parts that an entry has')
  const wrong = lane === 'reporter' ? faultOfReporters(entry, text) : faultOfStaffs(entry)
  return wrong ?? faultOfFields(kind, lane, fields)
}

function faultOfReporters({ actor, on }, text) {
  if (Object.keys(actor).join() !== 'role' || actor.role !== 'reporter') return fault('wrong_actor', 'is a reporter’s and names somebody')
  if (Number.isNaN(readDay(on))) return fault('wrong_date', 'has no real date')
  return /[0-9]:[0-9]{2}/.test(text) ? fault('reporter_time', 'has a time of day in it', 'reporters') : null
}

function faultOfStaffs({ actor, at }) {
  const parts = Object.keys(actor).join()
  const system = parts === 'role' && actor.role === 'system'
  const person = parts === 'alias,role' && staffRoles.has(actor.role) && isUuid(actor.alias)
  if (!system && !person) return fault('wrong_actor', 'does not say who acted')
  return Number.isNaN(readInstant(at)) ? fault('wrong_date', 'has no real date and time') : null
}

function faultOfFields(kind, lane, fields) {
  const listed = known.get(kind)
  if (listed === undefined)
    return fault('unknown_kind', `is of a kind, "${printable(kind)}", that this program does not know`, 'entries', 'unusable')
  if (listed.lane !== lane) return fault('wrong_lane', `is in a lane in which "${kind}" never is`)
  let before = ''
  for (const name in fields) {
    if (!(before < name)) return fault('not_canonical', 'has its fields in another order than the one form has')
    before = name
    if (!listed.fields.has(name))
      return fault('unknown_field', `has a field, "${printable(name)}", that this program does not know`, 'entries', 'unusable')
    if (!isPlain(fields[name])) return fault('wrong_shape', `has something in "${name}" that no entry can have`)
  }
  return null
}

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

function isPlain(value) {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  return typeof value === 'number' ? Number.isSafeInteger(value) : Array.isArray(value) && value.every((item) => typeof item === 'string')
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Tables of many things in little room

const digitOf = new Int8Array(128).fill(-1)
for (let digit = 0; digit < 16; digit += 1) digitOf[digit.toString(16).charCodeAt(0)] = digit

/** The four words of the UUID that was read last. */
const uuidWords = new Uint32Array(4)

/** Reads a UUID in small letters into `uuidWords`; false where it is none. */
function readUuid(text) {
  if (typeof text !== 'string' || text.length !== 36) return false
  let [word, read, value] = [0, 0, 0]
  for (let at = 0; at < 36; at += 1) {
    const code = text.charCodeAt(at)
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 45) return false
      continue
    }
    const digit = code < 128 ? digitOf[code] : -1
    if (digit < 0) return false
    value = (value << 4) | digit
    read += 1
    if (read === 8) {
      uuidWords[word] = value
      word += 1
      read = 0
      value = 0
    }
  }
  return true
}

const isUuid = (text) => readUuid(text)

/** Rows of numbers by UUID, open addressing with a seed of its own, so that nobody can choose ids that all meet in one place. */
function createTable(columns) {
  const seed = crypto.randomFillSync(new Uint32Array(4)).map((word) => word | 1)
  let capacity = 1024
  let slots = new Int32Array(4 * capacity)
  const make = (rows) => Object.fromEntries(Object.entries(columns).map(([name, [Type, width = 1]]) => [name, new Type(rows * width)]))
  const table = { count: 0, words: new Uint32Array(4 * capacity), ...make(capacity) }

  const slotOf = (a, b, c, d) => {
    let hash =
      Math.imul(a ^ seed[0], seed[1]) ^ Math.imul(b ^ seed[2], seed[3]) ^ Math.imul(c ^ seed[1], seed[2]) ^ Math.imul(d ^ seed[3], seed[0])
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    return ((hash ^ (hash >>> 13)) >>> 0) & (slots.length - 1)
  }
  const grow = () => {
    capacity *= 2
    const larger = { words: new Uint32Array(4 * capacity), ...make(capacity) }
    for (const [name, values] of Object.entries(larger)) {
      values.set(table[name])
      table[name] = values
    }
    slots = new Int32Array(4 * capacity)
    for (let row = 0; row < table.count; row += 1) place(row)
  }
  const place = (row) => {
    const at = 4 * row
    let slot = slotOf(table.words[at], table.words[at + 1], table.words[at + 2], table.words[at + 3])
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = row + 1
  }
  /** The row of the UUID in `uuidWords`; -1 where there is none. */
  table.find = () => {
    const [a, b, c, d] = uuidWords
    for (let slot = slotOf(a, b, c, d); slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
      const at = 4 * (slots[slot] - 1)
      const { words } = table
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return slots[slot] - 1
    }
    return -1
  }
  /** A new row for the UUID in `uuidWords`. */
  table.add = () => {
    if (table.count === capacity) grow()
    const row = table.count
    table.words.set(uuidWords, 4 * row)
    table.count += 1
    place(row)
    return row
  }
  return table
}

/** Words that come again and again, as small numbers. */
function createWords(...first) {
  const numbers = new Map(first.map((word, at) => [word, at]))
  const words = [...first]
  return {
    word: (number) => words[number],
    number: (word) => {
      const given = numbers.get(word)
      if (given !== undefined) return given
      if (words.length > 250) return 255
      numbers.set(word, words.length)
      return words.push(word) - 1
    },
  }
}

/** Whether 64 hexadecimal digits are the hash at `row` of a column of hashes. */
function isHash(hex, hashes, row) {
  if (typeof hex !== 'string' || hex.length !== 2 * hashLength) return false
  const first = row * hashLength
  for (let at = 0; at < hashLength; at += 1) {
    const [high, low] = [hex.charCodeAt(2 * at), hex.charCodeAt(2 * at + 1)]
    if (high > 127 || low > 127 || ((digitOf[high] << 4) | digitOf[low]) !== hashes[first + at]) return false
  }
  return true
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The rules that the log itself publishes

/** So many changes of one thing within days, and no more, are told apart: a log that changes its rules with every entry must not take for ever. */
const mostInForce = 64

/** One record after another of what was in force from when. */
function createVersions() {
  const versions = []
  /** How many of them are of this time or earlier. */
  const countUntil = (time) => {
    let [low, high] = [0, versions.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (versions[middle].at <= time) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    all: () => versions,
    add: (version) => versions.splice(countUntil(version.at), 0, version),
    /** Whatever was in force at some moment from `from` to `to`, the newest of very many; empty before the first. */
    within: (from, to) => {
      const end = countUntil(to)
      return versions.slice(Math.max(0, Math.min(end, countUntil(from)) - 1, end - mostInForce), end)
    },
    isBeforeFirst: (at) => versions.length > 0 && at < versions[0].at,
  }
}

function readWorkflow(text) {
  const table = parsed(text)
  if (table?.format !== 'forthright-workflow/1' || typeof table.first !== 'string' || !isRecord(table.secondApprover)) return null
  const { riskGrades, roles } = table.secondApprover
  const moves = readMoves(table.moves)
  if (moves === null || !Array.isArray(riskGrades) || !Array.isArray(roles)) return null
  return { first: table.first, moves, grades: new Set(riskGrades), roles: new Set(roles) }
}

function readMoves(byAction) {
  if (!isRecord(byAction)) return null
  const moves = new Set()
  for (const [action, byStatus] of Object.entries(byAction)) {
    if (!isRecord(byStatus) || !Object.values(byStatus).every(Array.isArray)) return null
    for (const [from, all] of Object.entries(byStatus)) all.forEach((to) => moves.add(`${action}|${from}|${to}`))
  }
  return moves
}

function readLimits(texts) {
  if (!Array.isArray(texts)) return null
  const rules = texts.map(parsed)
  const sound = rules.every(
    (rule) =>
      isRecord(rule) &&
      Number.isSafeInteger(rule.limit) &&
      rule.limit > 0 &&
      rule.limit <= 4000 &&
      ['working_days', 'calendar_days', 'calendar_months', 'same_day', 'hours'].includes(rule.unit) &&
      typeof rule.code === 'string' &&
      Number.isSafeInteger(rule.version) &&
      !Number.isNaN(readDay(rule.validFrom)) &&
      (rule.startEvent === undefined || isClocked(rule)),
  )
  return sound ? rules.map((rule) => ({ ...rule, validFrom: readDay(rule.validFrom) })) : null
}

const isText = (value) => typeof value === 'string'
const isDays = (value) => Number.isSafeInteger(value) && value >= 0 && value <= 4000

/** Whether a rule says all that its clock goes by. Those of an earlier release do not: of them only the first answer is worked out. */
function isClocked(rule) {
  return (
    [rule.startEvent, rule.stopEvent, rule.appliesWhen, rule.dueFrom, rule.shownTo].every(isText) &&
    [rule.restartEvent, rule.repeatsUntil].every((event) => event === null || isText(event)) &&
    Array.isArray(rule.endEvents) &&
    rule.endEvents.every(isText) &&
    (rule.startsWithinDays === null || isDays(rule.startsWithinDays)) &&
    [rule.each, rule.extendable].every((value) => typeof value === 'boolean') &&
    isDays(rule.pauseCap) &&
    rule.repeatsUntil !== rule.stopEvent
  )
}

function parsed(text) {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null
  } catch {
    return null
  }
}

/** The rule of a clock that starts on a day: the newest version that holds from that day or earlier. */
function ruleFor(rules, code, start) {
  const holding = rules.filter((rule) => rule.code === code && rule.validFrom <= start)
  return holding.reduce((newest, rule) => (newest === null || rule.version > newest.version ? rule : newest), null)
}

/** Deadlines by whatever calendar and limits were in force around a time. */
function createDeadlines() {
  const calendars = createVersions()
  const limits = createVersions()
  const reckoned = new Map()
  const due = (calendar, rule, start) => {
    const key = `${calendar.index} ${rule.code} ${rule.version} ${rule.limit} ${rule.unit} ${start}`
    if (!reckoned.has(key)) {
      if (reckoned.size > 100_000) reckoned.clear()
      reckoned.set(key, dueDay(rule, start, calendar.holidays))
    }
    return reckoned.get(key)
  }
  return {
    calendars,
    limits,
    /** Every calendar with every set of limits that were in force together. */
    inForce: (from, to) => {
      const sets = limits.within(from, to).slice(-mostTogether)
      return calendars
        .within(from, to)
        .slice(-mostTogether)
        .flatMap((calendar) => sets.map((limit) => ({ calendar, limit })))
    },
    /** The days on which the limit can have run out; null where the log had no rules yet. */
    possible: (code, start, from, to) => {
      const [inForce, rules] = [calendars.within(from, to), limits.within(from, to)]
      if (inForce.length === 0 || rules.length === 0) return null
      const days = new Set()
      for (const limit of rules) {
        const rule = ruleFor(limit.rules, code, start)
        if (rule !== null) for (const calendar of inForce) days.add(due(calendar, rule, start))
      }
      return days
    },
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Clocks: what happened to a concern, and when each limit runs out by it

/** More changes of calendar and limits in two days than this are not told apart. */
const mostTogether = 8

/** Rows of numbers that only grow. */
function createRows(columns) {
  let capacity = 1024
  const make = (rows) => Object.fromEntries(Object.entries(columns).map(([name, Type]) => [name, new Type(rows)]))
  const rows = { count: 0, ...make(capacity) }
  rows.add = (values) => {
    if (rows.count === capacity) {
      capacity *= 2
      for (const [name, larger] of Object.entries(make(capacity))) {
        larger.set(rows[name])
        rows[name] = larger
      }
    }
    for (const name in values) rows[name][rows.count] = values[name]
    rows.count += 1
    return rows.count - 1
  }
  return rows
}

const happened =
  (...events) =>
  () =>
    events.map((event) => ({ event }))
const ofItem = (event, name, until) => (fields) => [{ event, of: fields[name], until: until && fields[until] }]
const onClock =
  (event, ...more) =>
  ({ clock, of, until }) => [{ event, clock, of, until }, ...more.map((other) => ({ event: other }))]
const whenMoved = ({ from, to }) => (from === to ? [] : [{ event: 'decision_told' }])
const followUp = ({ months }) => (months === 3 || months === 6 ? [{ event: `followed_up_${months}` }] : [])

/** What each kind of entry means for clocks. Looks, notes and what a person writes mean nothing. */
const meansForClocks = new Map(
  Object.entries({
    concern_acknowledged: happened('acknowledged'),
    risk_screened: happened('risk_graded'),
    concern_triaged: ({ decision }) => happened('risk_graded', ...(decision === 'investigate' ? ['investigation_decided'] : []))(),
    investigation_started: ({ expectedEnd }) => [{ event: 'investigation_started', until: expectedEnd }, { event: 'decision_told' }],
    resolving_without_investigation: whenMoved,
    approval_given: whenMoved,
    concern_referred: happened('decision_told'),
    findings_recorded: happened('report_approved'),
    concern_resolved: ({ feedbackShared }) =>
      happened('outcome_told', ...(feedbackShared === 'no_return_channel' ? [] : ['feedback_asked']))(),
    // Closings of before the checks were named counted as both
    concern_closed: ({ followUp: said, months }) =>
      said === 'declined'
        ? [{ event: 'follow_up_declined' }]
        : (Array.isArray(months) ? months : [3, 6]).flatMap((each) => followUp({ months: Number(each) })),
    concern_reopened: happened('reopened'),
    concern_withdrawn: ({ to }) => (to === 'withdrawn' ? [{ event: 'withdrawn' }] : []),
    message_sent: happened('updated'),
    follow_up_answered: followUp,
    follow_up_made: followUp,
    detriment_reported: ofItem('detriment_reported', 'item'),
    detriment_plan_set: ofItem('detriment_planned', 'report'),
    detriment_closed: ofItem('detriment_closed', 'report'),
    task_set: ofItem('task_set', 'task', 'dueOn'),
    task_done: ofItem('task_done', 'task'),
    task_passed_on: ofItem('task_passed_on', 'task'),
    clock_paused: onClock('clock_paused'),
    clock_resumed: onClock('clock_resumed'),
    // Whoever is told of a later date has been told something
    clock_extended: onClock('clock_extended', 'updated'),
  }),
)
/** What tells somebody above of a concern, or of one late clock of it, and to whom. It starts and stops no clock. */
const goesUp = new Map([
  ['concern_escalated', ({ target }) => ({ to: target })],
  ['concern_sent_on', ({ target }) => ({ to: target })],
  ['clock_escalated', ({ clock, of, step }) => ({ to: step, clock, of })],
])

/** Those that are of one report, task or request: without it they mean nothing. */
const ofOne = new Set(['detriment_reported', 'detriment_planned', 'detriment_closed', 'task_set', 'task_done', 'task_passed_on'])

/** What is asked of the first contact (policy of June 2022); it has been made once all four are on record. */
const goneUp = 'gone_up'
const contactParts = ['thanked', 'understood', 'consent', 'wellbeing']
const wholeContact = 15

/** Notes what an entry means for the clocks of its concern. */
function noteClocks(state, { fields, kind, lane, on, actor }, { index, at, row }) {
  if (row < 0) return
  const day = lane === 'reporter' ? readDay(on) : londonDay(at)
  const note = (event, { of, until, clock, to } = {}) =>
    addEvent(state, row, { event, of, until, clock, to, index, day, lane, role: actor.role })
  if (goesUp.has(kind)) note(goneUp, goesUp.get(kind)(fields))
  if (kind === 'first_contact_recorded' && completesContact(state.concerns, row, fields.parts)) note('first_contact_made')
  for (const { event, ...more } of meansForClocks.get(kind)?.(fields) ?? [])
    if (!ofOne.has(event) || typeof more.of === 'string') note(event, more)
}

/** Whether these parts of the first contact are the last that were missing. */
function completesContact({ contact }, row, parts) {
  const before = contact[row]
  for (const part of Array.isArray(parts) ? parts : []) if (contactParts.includes(part)) contact[row] |= 1 << contactParts.indexOf(part)
  return before !== wholeContact && contact[row] === wholeContact
}

function addEvent(state, row, { event, of, until, clock, to, index, day, lane, role }) {
  const { concerns, events, eventWords, clockWords, targetWords, roleWords, items } = state
  const date = readDay(until ?? null)
  const last = events.add({
    next: 0,
    event: eventWords.number(event),
    clock: clockWords.number(typeof clock === 'string' ? clock : ''),
    reporters: lane === 'reporter' ? 1 : 0,
    day,
    until: Number.isNaN(date) ? none : date,
    item: itemNumber(items, of),
    to: targetWords.number(typeof to === 'string' ? to : ''),
    role: roleWords.number(role),
    index,
  })
  if (concerns.lastEvent[row] === 0) concerns.firstEvent[row] = last + 1
  else events.next[concerns.lastEvent[row] - 1] = last + 1
  concerns.lastEvent[row] = last + 1
  concerns.eventCount[row] += 1
}

/** A report, task or request, counted from 1 as it is first named; 0 for the concern itself. */
function itemNumber(items, of) {
  if (!readUuid(of)) return 0
  const found = items.find()
  return 1 + (found < 0 ? items.add() : found)
}

/** What happened to a concern: by day, and of one day staff's acts, in their order, before the reporter's, which have no time. */
function eventsOf(state, row) {
  const { concerns } = state
  const received = { event: 'received', clock: '', item: 0, day: receivedDay(concerns, row), until: none, index: -1, reporters: 0 }
  // It counts from another day than its entry where somebody wrote it down later
  const begun = { ...received, entry: concerns.raisedIndex[row] - 1, role: 'reporter' }
  return [begun, ...happenedTo(state, row).filter(({ event }) => event !== goneUp)]
}

function happenedTo({ concerns, events, eventWords, clockWords, targetWords, roleWords }, row) {
  const list = []
  for (let at = concerns.firstEvent[row]; at !== 0; at = events.next[at - 1])
    list.push({
      event: eventWords.word(events.event[at - 1]),
      clock: clockWords.word(events.clock[at - 1]) ?? '',
      item: events.item[at - 1],
      day: events.day[at - 1],
      until: events.until[at - 1],
      index: events.index[at - 1],
      entry: events.index[at - 1],
      reporters: events.reporters[at - 1],
      to: targetWords.word(events.to[at - 1]) ?? '',
      role: roleWords.word(events.role[at - 1]) ?? '',
    })
  return list.sort((a, b) => a.day - b.day || a.reporters - b.reporters)
}

const receivedDay = (concerns, row) => ((concerns.flags[row] & flags.recorded) !== 0 ? concerns.receivedOn[row] : concerns.raisedOn[row])

const factsOf = ({ concerns }, row) => ({
  danger: (concerns.flags[row] & flags.danger) !== 0,
  reachable: (concerns.flags[row] & flags.unreachable) === 0,
})

const sortedHolidays = new WeakMap()
/** Working days after `from`, up to and with `to`; negative where `to` comes first. */
function workingDays(from, to, holidays) {
  if (!sortedHolidays.has(holidays))
    sortedHolidays.set(
      holidays,
      [...holidays].filter((day) => worksOn(day, new Set())).sort((a, b) => a - b),
    )
  const lost = sortedHolidays.get(holidays)
  const upTo = (day) => {
    const days = day + 3
    let [low, high] = [0, lost.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (lost[middle] <= day) low = middle + 1
      else high = middle
    }
    return Math.floor(days / 7) * 5 + Math.min((((days % 7) + 7) % 7) + 1, 5) - low
  }
  return upTo(to) - upTo(from)
}

const workingDayAfter = (from, limit, holidays) => dueDay({ unit: 'working_days', limit }, from, holidays)

/**
 * Every clock that these events start, as it stands on a day: started, first due, due, stopped, paused, extended, and what became of it. `events`
 * as `eventsOf` gives them; all dates are days since 1970.
 */
export function reckonClocks({ events, rules, holidays, facts, today }) {
  const past = events.filter(({ day }) => day <= today)
  const reopenings = past.flatMap(({ event }, at) => (event === 'reopened' ? [at] : []))
  const clocks = []
  for (const [code, versions] of clockedCodes(rules)) {
    const newest = versions[versions.length - 1]
    const starts = newest.each ? startsByItem(newest, past) : startsByCycle(newest, past, reopenings)
    for (const start of starts) {
      const rule = start.day <= today ? ruleFor(versions, code, start.day) : null
      if (rule !== null && holdsFor(rule, facts)) clocks.push(...runClock(rule, start, holidays, today))
    }
  }
  return clocks
}

const clockedRules = new WeakMap()
/** The versions of each rule of a concern whose clock can be worked out, oldest first. */
function clockedCodes(rules) {
  const sorted = clockedRules.get(rules)
  if (sorted !== undefined) return sorted
  const byCode = new Map()
  const clocked = rules.filter(({ startEvent, scope }) => startEvent !== undefined && scope !== 'organisation')
  for (const rule of clocked.sort((a, b) => a.version - b.version)) byCode.set(rule.code, [...(byCode.get(rule.code) ?? []), rule])
  clockedRules.set(rules, byCode)
  return byCode
}

function holdsFor({ appliesWhen }, { danger, reachable }) {
  if (appliesWhen === 'danger') return danger
  if (appliesWhen === 'no_danger') return !danger
  return appliesWhen === 'return_channel' ? reachable : appliesWhen === 'always'
}

/** One clock for each report, task or request, of the cycle in which it came. */
function startsByItem(rule, past) {
  const starts = new Map()
  let cycle = 1
  for (const began of past) {
    const { event, item, day, until } = began
    if (event === 'reopened') cycle += 1
    if (event === rule.startEvent && item !== 0 && !starts.has(item))
      starts.set(item, { cycle, item, day, began, until, events: past.filter((other) => other.item === item) })
  }
  return [...starts.values()]
}

/** One clock for each time that the concern was opened. */
function startsByCycle(rule, past, reopenings) {
  return [-1, ...reopenings].flatMap((begin, at) => {
    const end = reopenings[at] ?? past.length
    // Its own reopening starts a cycle and ends none; the next one ends it
    const own = past.slice(begin + 1, end + 1)
    const kind = (at > 0 ? rule.restartEvent : null) ?? rule.startEvent
    const starting = begin >= 0 && kind === 'reopened' ? past[begin] : earliest(own, (event) => event === kind)
    const beginnings = [...(starting === null ? [] : [starting]), ...latestStarts(rule, own)].sort((a, b) => a.day - b.day)
    if (beginnings.length === 0) return []
    const events = rule.endEvents.includes('reopened') ? own : past.slice(begin + 1)
    return [{ cycle: at + 1, item: 0, day: beginnings[0].day, began: beginnings[0], until: starting?.until ?? none, events }]
  })
}

/** By what a comparator's clock begins at the latest: a day so long after receipt, which no entry says, or that it is over already. */
function latestStarts({ startsWithinDays, stopEvent, endEvents }, own) {
  const received = startsWithinDays === null ? null : earliest(own, (event) => event === 'received')
  if (received === null) return []
  const over = [stopEvent, ...endEvents].map((kind) => earliest(own, (event) => event === kind, received.day))
  return [{ day: received.day + startsWithinDays }, ...over.filter((each) => each !== null)]
}

function earliest(events, wanted, from = Number.NEGATIVE_INFINITY) {
  let first = null
  for (const each of events) if (each.day >= from && wanted(each.event) && (first === null || each.day < first.day)) first = each
  return first
}

/** The rounds of one clock: one, or as many as stops each of which begins the next. */
function runClock(rule, start, holidays, today) {
  const rounds = []
  let began = start.began
  for (let from = start.day; ;) {
    const stop = stopOf(rule, start.events, from)
    const renewed = stop !== null && rule.repeatsUntil !== null && stop.event === rule.stopEvent
    const limit = dueDay(rule, from, holidays)
    const first = rounds.length > 0 || start.until === none ? limit : firstDue(rule, start.until, limit)
    const moved = moveClock(rule, { first, from, stop, renewed, item: start.item, events: start.events }, holidays)
    rounds.push({
      ...{ rule, code: rule.code, version: rule.version, cycle: start.cycle, item: start.item, round: rounds.length + 1 },
      ...{ startedOn: from, firstDueOn: first, ...moved, stoppedOn: stop === null ? none : stop.day, began, stop },
      ...becameOf(rule, stop, moved, today),
      workingDays: workingDays(from, stop === null ? today : stop.day, holidays),
    })
    if (!renewed) return rounds
    from = stop.day
    began = stop
  }
}

function firstDue({ dueFrom }, set, limit) {
  if (dueFrom === 'set') return set
  return dueFrom === 'notified' ? Math.min(set, limit) : limit
}

/** The first event that answers or ends a round, of one day the answer. Where every answer begins the next, that of the day it began is none. */
function stopOf(rule, events, from) {
  const next = earliest(events, (event) => event === rule.stopEvent, rule.repeatsUntil === null ? from : from + 1)
  const last = earliest(events, (event) => event === rule.repeatsUntil, from)
  const ends = rule.endEvents.map((kind) => earliest(events, (event) => event === kind, from))
  return [next, last, ...ends].reduce((first, each) => (each !== null && (first === null || each.day < first.day) ? each : first), null)
}

/** What moved the due date, in order: nothing that came once it had passed, and no more pause than the rule has. */
function moveClock(rule, { first, from, stop, renewed, item, events }, holidays) {
  const until = stop === null ? Number.POSITIVE_INFINITY : renewed ? stop.day - 1 : stop.day
  const own = events.filter((each) => each.clock === rule.code && each.item === item && each.day >= from && each.day <= until)
  let [dueOn, pausedDays, extensions, pauseFrom, pauseUntil] = [first, 0, 0, none, none]
  for (const [at, each] of own.entries()) {
    if (each.day > dueOn) break
    if (each.event === 'clock_extended' && rule.extendable && each.until !== none && each.until > dueOn) {
      dueOn = each.until
      extensions += 1
    } else if (each.event === 'clock_paused' && pausedDays < rule.pauseCap) {
      pauseFrom = Math.max(each.day, pauseUntil)
      const most = workingDayAfter(pauseFrom, rule.pauseCap - pausedDays, holidays)
      pauseUntil = Math.max(pauseFrom, Math.min(most, ...endsOf(each, own.slice(at + 1), stop)))
      const days = workingDays(pauseFrom, pauseUntil, holidays)
      pausedDays += days
      dueOn = Math.max(workingDayAfter(dueOn, days, holidays), pauseUntil)
    }
  }
  return { dueOn, pausedDays, extensions, pauseFrom, pauseUntil }
}

/** The days that end a pause: the one it was given until, the one on which somebody ended it, the one on which its clock stopped. */
function endsOf({ until }, later, stop) {
  const resumed = later.find(({ event }) => event === 'clock_resumed')
  return [...(until === none ? [] : [until]), ...(resumed === undefined ? [] : [resumed.day]), ...(stop === null ? [] : [stop.day])]
}

function becameOf(rule, stop, { dueOn, pauseFrom, pauseUntil }, today) {
  if (stop === null) {
    const still = pauseFrom !== none && pauseFrom <= today && today < pauseUntil
    return { outcome: still ? 'paused' : today > dueOn ? 'overdue' : 'running', endedBy: null }
  }
  if (stop.day > dueOn) return { outcome: 'missed', endedBy: null }
  const answered = stop.event === rule.stopEvent || stop.event === rule.repeatsUntil
  return answered ? { outcome: 'met', endedBy: null } : { outcome: 'not_applicable', endedBy: stop.event }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Signed approvals

/** Pieces as one run of bytes that can be read in one way only: count, then length and bytes of each, 64 bits little-endian. */
function encodePieces(label, ...pieces) {
  const all = [Buffer.from(`forthright ${label} 1`), ...pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))]
  const parts = all.flatMap((piece) => [lengthOf(piece.length), piece])
  return Buffer.concat([lengthOf(all.length), ...parts])
}

function lengthOf(number) {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(number, 0)
  return bytes
}

/** What a second person signed: this decision, on the summary with this digest, on this concern, at this time. */
function approvalMessage({ concern, fields }) {
  const { approval, decidedAt, decision, summary } = fields
  const statement = JSON.stringify({ approval, concern, decidedAt, decision, format: 'forthright-approval/1', summary })
  return encodePieces('statement', 'approval', statement)
}

function approvalIsSigned(signKey, message, signature) {
  if (signature.length !== 65 || signature[0] !== 1) return false
  return crypto.verify(null, message, publicKeyOf(signKey), signature.subarray(1))
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The judgement of entries in their order

const flags = { recorded: 1, twoPeople: 2, ownForm: 4, inTime: 8, danger: 16, unreachable: 32 }
const none = -2_147_483_648

const concernColumns = {
  staffHead: [Uint8Array, hashLength],
  reporterHead: [Uint8Array, hashLength],
  staff: [Uint32Array],
  reporter: [Uint32Array],
  status: [Uint8Array],
  clock: [Uint8Array],
  flags: [Uint8Array],
  cycle: [Uint16Array],
  firstIndex: [Uint32Array],
  // One more than the index, so that 0 is none
  raisedIndex: [Uint32Array],
  raisedOn: [Int32Array],
  acknowledgeBy: [Int32Array],
  receivedOn: [Int32Array],
  ackIndex: [Uint32Array],
  ackOn: [Int32Array],
  ackDue: [Int32Array],
  // What its clocks go by: the first and last of its events, one more than their rows
  firstEvent: [Uint32Array],
  lastEvent: [Uint32Array],
  eventCount: [Uint32Array],
  contact: [Uint8Array],
}

const eventColumns = {
  next: Uint32Array,
  event: Uint8Array,
  clock: Uint8Array,
  reporters: Uint8Array,
  day: Int32Array,
  until: Int32Array,
  item: Uint32Array,
  to: Uint8Array,
  role: Uint8Array,
  index: Uint32Array,
}

/** Judges entries one after another; `finish` judges what can only be judged once all are known. */
function createJudge(report, openings) {
  const state = {
    report,
    openings,
    ids: createTable({ index: [Uint32Array] }),
    concerns: createTable(concernColumns),
    statuses: createWords('raised'),
    clocks: createWords('T1'),
    people: new Map(),
    acted: new Map(),
    mentioned: new Map(),
    approvals: new Map(),
    unsettledApprovals: [],
    unsignedApprovals: [],
    // Who asked whom, to be one human being under two names, which only the end tells
    pairs: [],
    replaced: new Map(),
    keyHolders: new Map(),
    keyless: [],
    moved: [],
    events: createRows(eventColumns),
    eventWords: createWords(),
    clockWords: createWords(''),
    targetWords: createWords(''),
    roleWords: createWords('reporter'),
    items: createTable({}),
    clockActs: [],
    duties: new Map(),
    restores: new Map(),
    announced: new Set(),
    workflows: createVersions(),
    deadlines: createDeadlines(),
    earlyMoves: new Map(),
    unsettledMoves: [],
    byKind: new Map(),
    lanes: { reporter: 0, staff: 0, cover: 0 },
    newestAt: Number.NEGATIVE_INFINITY,
    newestFreeAt: Number.NEGATIVE_INFINITY,
    newestOn: Number.NEGATIVE_INFINITY,
    opened: 0,
    /** Names that entries commit to, and those that the bundle opens, by alias. */
    committed: 0,
    names: new Map(),
    samples: { fixed: [], draws: [], acts: [], left: 0 },
    notReckoned: 0,
    reckoned: 0,
  }
  report.made('entries', 'lanes', 'order', 'reporters', 'people', 'steps', 'approvals', 'limits')
  return { state, take: (index, bytes, leaf) => take(state, index, bytes, leaf), finish: () => finish(state) }
}

function take(state, index, bytes, leaf) {
  const { entry, fault: wrong } = readEntry(bytes)
  if (wrong !== undefined) return state.report.find(wrong.severity, wrong.check, wrong.code, `Entry ${index} ${wrong.message}.`, { index })
  const find = (check, code, message) => state.report.find('tampered', check, code, `Entry ${index} ${message}.`, { index, id: entry.id })
  takeId(state, entry, index, find)
  state.lanes[entry.lane] += 1
  if (entry.lane !== 'cover') takeSaying(state, entry, { index, leaf, find })
}

function takeId({ ids }, { id }, index, find) {
  if (!readUuid(id)) return find('entries', 'wrong_shape', 'has no id')
  const twin = ids.find()
  if (twin >= 0) find('entries', 'repeated', `has the id of entry ${ids.index[twin]}: one of them is a copy`)
  else ids.index[ids.add()] = index
}

/** An entry that says something, once its form is known to be right. */
function takeSaying(state, entry, { index, leaf, find }) {
  state.byKind.set(entry.kind, (state.byKind.get(entry.kind) ?? 0) + 1)
  const at = entry.lane === 'staff' ? readInstant(entry.at) : Number.NaN
  judgeOrder(state, entry, { at, find })
  noteTime(state, entry, at)
  if (state.openings.size > 0) checkOpenings(state, entry, find)
  if (entry.fields.who !== undefined) state.committed += 1

  const row = entry.concern === undefined ? -1 : placeInConcern(state, entry, { index, leaf, find })
  if (entry.actor.alias !== undefined) noteActor(state, entry, { index, at })
  const context = { index, at, row, find }
  if (stepActions[entry.kind] !== undefined) takeStep(state, entry, context)
  byKind[entry.kind]?.(state, entry, context)
  if (sampleKinds.has(entry.kind)) keepSample(state, entry, context)
  noteClocks(state, entry, context)
}

/** Entries get their places in the order of their times, a few batches apart: one that comes long after later ones was dated back. */
function judgeOrder({ newestFreeAt }, { concern }, { at, find }) {
  if (at < newestFreeAt - (concern === undefined ? orderSlack : waitSlack))
    find(
      'order',
      'dated_back',
      `says that it is of ${timeText(at)}, and the log already held entries of ${timeText(newestFreeAt)}: it was dated back, or a clock was wrong`,
    )
}

function noteTime(state, entry, at) {
  if (entry.lane === 'reporter') state.newestOn = Math.max(state.newestOn, readDay(entry.on))
  else if (at > state.newestAt) state.newestAt = at
  // A concern's own entries may wait for its first, and a restore's declaration overtakes what waited
  if (entry.concern === undefined && at > state.newestFreeAt && entry.kind !== 'restore_declared') state.newestFreeAt = at
}

/** Numbers and links: each lane of a concern counts from 1 and names the hash of the entry before. */
function placeInConcern({ concerns }, { concern, lane, number, previous }, { index, leaf, find }) {
  if (!readUuid(concern)) {
    find('entries', 'wrong_shape', 'names no concern')
    return -1
  }
  const found = concerns.find()
  const row = found < 0 ? beginConcern(concerns, index) : found
  const [heads, numbers] = lane === 'staff' ? [concerns.staffHead, concerns.staff] : [concerns.reporterHead, concerns.reporter]
  const expected = numbers[row] + 1
  const follows = expected === 1 ? previous === null : isHash(previous, heads, row)
  const wrong = faultOfPlace(number, expected, follows, lane === 'staff' ? 'staff’s' : 'the reporter’s')
  if (wrong !== null) find('lanes', ...wrong)
  numbers[row] = isPlace(number) ? number : expected
  heads.set(leaf, row * hashLength)
  return row
}

function beginConcern(concerns, index) {
  const row = concerns.add()
  concerns.firstIndex[row] = index
  concerns.cycle[row] = 1
  concerns.receivedOn[row] = none
  return row
}

const isPlace = (number) => Number.isSafeInteger(number) && number >= 1 && number < 2 ** 32

function faultOfPlace(number, expected, follows, whose) {
  if (!isPlace(number)) return ['wrong_number', 'has no number in its concern']
  if (number > expected) return ['gap', `is ${whose} number ${number} of its concern, and number ${expected} is missing or stands later`]
  if (number < expected) return ['number_again', `is ${whose} number ${number} of its concern, which an earlier entry is already`]
  if (follows) return null
  return [
    'broken_link',
    `does not follow on the entry before it in its concern (${whose} number ${expected - 1}): one of the two was changed`,
  ]
}

function noteActor({ acted }, { actor }, first) {
  const roles = acted.get(actor.alias)
  if (roles === undefined) acted.set(actor.alias, new Map([[actor.role, first]]))
  else if (!roles.has(actor.role)) roles.set(actor.role, first)
}

function mention({ mentioned }, alias, { index, at }) {
  for (const each of Array.isArray(alias) ? alias : [alias])
    if (typeof each === 'string' && !mentioned.has(each)) mentioned.set(each, { index, at })
}

function personOf({ people }, alias) {
  const there = people.get(alias)
  if (there !== undefined) return there
  const person = { roles: new Set(), keys: [], rights: createVersions() }
  people.set(alias, person)
  return person
}

/** A step moves its concern from where the entry before left it, by a move that the workflow has. */
function takeStep(state, entry, { index, at, row, find }) {
  const { concerns, statuses } = state
  const { action, from, to } = entry.fields
  if (row < 0) return find('steps', 'no_concern', 'is a step of no concern')
  if (action !== stepActions[entry.kind] || typeof from !== 'string' || typeof to !== 'string')
    return find('steps', 'wrong_action', 'does not say which step it is')
  const standing = statuses.word(concerns.status[row])
  if (from !== standing)
    find(
      'steps',
      'wrong_status',
      `takes its concern from "${printable(from)}", where it did not stand: it stood at "${printable(standing)}"`,
    )
  concerns.status[row] = statuses.number(to)
  judgeMove(state, `${action}|${from}|${to}`, index, at)
}

const allows = (table, key) => {
  if (!key.startsWith('grade|')) return table.moves.has(key)
  const [, grade, two] = key.split('|')
  return table.grades.has(grade) === (two === 'true')
}

/** By the workflow in force at the time, or a day before it: two processes may run for a while when a new release starts. */
function judgeMove(state, key, index, at) {
  const tables = state.workflows.within(at - secondsADay, at)
  if (tables.length === 0) {
    if (!state.earlyMoves.has(key)) state.earlyMoves.set(key, index)
  } else if (!tables.some((table) => allows(table, key))) {
    if (state.unsettledMoves.length < 10_000) state.unsettledMoves.push({ key, index, at })
    else findMove(state, key, index)
  }
}

function findMove({ report }, key, index) {
  const [action, from, to] = key.split('|').map(printable)
  if (action === 'grade')
    report.find(
      'tampered',
      'approvals',
      'second_person_left_out',
      `Entry ${index} grades the risk "${from}" and says ${to === 'true' ? 'that a second person must agree' : 'that nobody else has to agree'}. The published workflow says otherwise.`,
      { index },
    )
  else
    report.find(
      'tampered',
      'steps',
      'step_not_allowed',
      `Entry ${index} takes "${action}" from "${from}" to "${to}". The published workflow has no such step.`,
      { index },
    )
}

const byKind = {
  concern_raised: (state, { fields, number, on }, { index, row, find }) => {
    const { concerns, clocks } = state
    if (row < 0 || number !== 1) return find('lanes', 'raised_again', 'raises a concern that had begun already')
    const due = readDay(fields.acknowledgeBy)
    concerns.raisedIndex[row] = index + 1
    concerns.raisedOn[row] = readDay(on)
    concerns.acknowledgeBy[row] = Number.isNaN(due) ? none : due
    concerns.clock[row] = clocks.number(fields.rule ?? 'T1')
    if (fields.channel === 'web_form') concerns.flags[row] |= flags.ownForm
    if (fields.danger === true) concerns.flags[row] |= flags.danger
    if (fields.status !== undefined && fields.status !== 'raised')
      find('steps', 'wrong_status', 'raises a concern that does not begin as raised')
  },
  concern_recorded: (state, { fields }, { at, row, find }) => {
    if (row < 0) return find('lanes', 'no_concern', 'names no concern')
    const received = readDay(fields.receivedOn)
    if (Number.isNaN(received)) return find('limits', 'wrong_date', 'does not say when its concern was received')
    state.concerns.flags[row] |= fields.returnChannel === false ? flags.recorded | flags.unreachable : flags.recorded
    state.concerns.receivedOn[row] = received
    if (fields.backDatedDays !== londonDay(at) - received)
      find(
        'limits',
        'back_dating_hidden',
        `says it was written down ${printable(fields.backDatedDays)} days late, and its dates say ${londonDay(at) - received}`,
      )
  },
  concern_acknowledged: (state, { fields }, { index, at, row, find }) => {
    const { concerns, clocks } = state
    if (row < 0 || concerns.ackIndex[row] !== 0) return
    concerns.ackIndex[row] = index + 1
    concerns.ackOn[row] = londonDay(at)
    const due = fields.dueOn === null || fields.dueOn === undefined ? none : readDay(fields.dueOn)
    concerns.ackDue[row] = Number.isNaN(due) ? none : due
    if (fields.state === 'met') concerns.flags[row] |= flags.inTime
    if (typeof fields.clock === 'string' && clocks.number(fields.clock) !== concerns.clock[row] && concerns.raisedIndex[row] !== 0)
      find('limits', 'wrong_clock', 'stops another clock than its concern started')
  },
  concern_triaged: (state, { fields }, { index, at, row }) => {
    if (row < 0) return
    if (fields.secondApproverRequired === true) state.concerns.flags[row] |= flags.twoPeople
    judgeMove(state, `grade|${fields.riskGrade}|${fields.secondApproverRequired === true}`, index, at)
  },
  resolving_without_investigation: (state, { fields }, { index, at, row, find }) => {
    mention(state, fields.decidedBy, { index, at })
    if (row < 0 || fields.to === fields.from) return
    if ((state.concerns.flags[row] & flags.twoPeople) !== 0)
      find('approvals', 'one_person', 'leaves a concern uninvestigated on one person’s word, though its risk asks for two')
  },
  approval_requested: (state, { actor, fields }, { index, at, row, find }) => {
    const { approval, approver, decidedBy } = fields
    mention(state, [approver, decidedBy], { index, at })
    if (fields.from !== fields.to) find('approvals', 'moved_before_approval', 'asks for approval and goes on without it')
    if (approver === actor.alias) find('approvals', 'one_person', 'asks nobody but the person who asks to approve')
    if (approver === decidedBy) find('approvals', 'one_person', 'asks the person who decided to approve it')
    if (state.approvals.has(approval)) find('approvals', 'asked_again', 'asks for an approval that was asked for already')
    state.approvals.set(approval, { row, approver, requester: actor.alias })
    state.pairs.push({ index, one: approver, others: [actor.alias, decidedBy] })
  },
  approval_given: takeApproval,
  approval_refused: takeApproval,
  concern_reopened: ({ concerns }, { fields }, { row, find }) => {
    if (row < 0) return
    concerns.cycle[row] += 1
    if (fields.cycle !== concerns.cycle[row])
      find('steps', 'wrong_cycle', `counts as time ${printable(fields.cycle)} round, and it is time ${concerns.cycle[row]}`)
  },
  conflict_declared: (state, { actor, fields }, { index, at, find }) => {
    if (fields.person !== actor.alias) find('people', 'wrong_person', 'declares a conflict for somebody else')
    mention(state, fields.owner, { index, at })
  },
  concern_assigned: (state, { fields }, { index, at }) => mention(state, fields.owner, { index, at }),
  investigation_started: (state, { fields }, { index, at }) => mention(state, fields.investigator, { index, at }),
  concern_escalated: (state, { fields }, { index, at }) => mention(state, fields.person, { index, at }),
  clock_warned: (state, { fields, kind }, { index, at, row }) => {
    mention(state, fields.person, { index, at })
    noteClockAct(state, { kind, fields, index, at, row }, fields.dueOn)
  },
  clock_escalated: (state, { fields, kind }, { index, at, row }) => {
    mention(state, fields.person, { index, at })
    noteClockAct(state, { kind, fields, index, at, row }, fields.dueOn)
  },
  access_granted: (state, { fields }, { index, at }) => mention(state, fields.person, { index, at }),
  access_recovered: (state, { fields }, { index, at }) => mention(state, fields.person, { index, at }),
  deadline_moved: (state, { fields, kind }, { index, at, row }) => {
    if (row < 0 || fields.after === null) return
    if (startsWithReceipt(fields.clock)) state.moved.push({ index, row, at, clock: fields.clock, after: readDay(fields.after) })
    else noteClockAct(state, { kind, fields, index, at, row }, fields.after)
  },
  clock_paused: (state, { fields, kind }, { index, at, row }) => {
    mention(state, fields.authoriser, { index, at })
    noteClockAct(state, { kind, fields, index, at, row }, null)
  },
  clock_extended: (state, { fields, kind }, { index, at, row }) => noteClockAct(state, { kind, fields, index, at, row }, fields.before),
  duty_began: noteDuty,
  duty_done: noteDuty,
  duty_paused: noteDuty,
  duty_resumed: noteDuty,
  duty_extended: noteDuty,
  duty_warned: noteDuty,
  duty_escalated: noteDuty,
  person_added: takePerson,
  person_enrolled: takePerson,
  person_invited: takePerson,
  rights_change_asked: takePerson,
  keys_renewed: takePerson,
  recipient_set_signed: takeRights,
  recipient_set_recovered: takeRights,
  workflow_published: (state, { fields }, { index, at, find }) => {
    const table = readWorkflow(fields.table)
    if (table === null) find('steps', 'unreadable_rules', 'publishes a workflow that cannot be read')
    else state.workflows.add({ ...table, index, at })
  },
  calendar_published: (state, { fields }, { index, at, find }) => {
    const days = Array.isArray(fields.days) ? fields.days.map(readDay) : [Number.NaN]
    if (days.some(Number.isNaN)) find('limits', 'unreadable_rules', 'publishes a calendar that cannot be read')
    else if (fields.division === 'england-and-wales') state.deadlines.calendars.add({ holidays: new Set(days), index, at })
  },
  limits_published: (state, { fields }, { index, at, find }) => {
    const rules = readLimits(fields.rules)
    if (rules === null) find('limits', 'unreadable_rules', 'publishes limits that cannot be read')
    else state.deadlines.limits.add({ rules, index, at })
  },
  log_key_announced: ({ announced }, { fields }) => announced.add(fields.verifierKey),
  log_key_retired: ({ announced }, { fields }) => announced.delete(fields.verifierKey),
  restore_declared: ({ restores }, { actor, fields }, { index, find }) => {
    const { restore, kept } = fields
    if (actor.role !== 'system' || !Number.isSafeInteger(restore) || restore < 1 || !Number.isSafeInteger(kept) || kept < 0 || kept > index)
      return find('restores', 'wrong_declaration', 'declares a restore that cannot have been')
    if (restores.has(restore)) return find('restores', 'declared_twice', `declares restore ${restore}, which an earlier entry did`)
    restores.set(restore, { ...fields, index })
  },
}

function takePerson(state, { fields, kind }, { at, index, find }) {
  const { person: alias, roles, signKey, replaces } = fields
  if (!isUuid(alias)) return find('people', 'wrong_person', 'does not say whom it is about')
  if (isUuid(replaces)) state.replaced.set(alias, replaces)
  const person = personOf(state, alias)
  for (const role of Array.isArray(roles) ? roles : []) person.roles.add(role)
  if (!['person_added', 'person_enrolled', 'keys_renewed'].includes(kind)) return
  if (signKey !== undefined) return takeKey(state, person, { alias, signKey }, find)
  person.keyless = true
  state.keyless.push({ index, at })
}

function takeKey({ keyHolders }, person, { alias, signKey }, find) {
  const key = typeof signKey === 'string' ? fromBase64(signKey) : null
  if (key?.length !== hashLength) return find('people', 'wrong_key', 'gives a person a key that is none')
  const holder = keyHolders.get(signKey)
  if (holder === undefined) keyHolders.set(signKey, alias)
  else if (holder !== alias) find('people', 'shared_key', 'gives a person the key of another: whoever has it can sign as both')
  if (person.keys.length < 1000) person.keys.push(apart(key))
}

/** Rights in force from a signed list: `alias role,role`, `alias -` for whoever left. */
function takeRights(state, { fields }, { index, at, find }) {
  if (fields.inForce !== true) return
  for (const line of Array.isArray(fields.rights) ? fields.rights : []) {
    const [alias, codes, ...more] = line.split(' ')
    if (!isUuid(alias) || codes === undefined || more.length > 0)
      return find('people', 'unreadable_rights', 'puts rights in force that cannot be read')
    const roles = codes === '-' ? [] : codes.split(',').filter((code) => code !== 'deputy')
    const person = personOf(state, alias)
    roles.forEach((role) => person.roles.add(role))
    person.rights.add({ index, at, roles: new Set(roles) })
  }
}

function takeApproval(state, entry, { index, at, row, find }) {
  const { actor, fields, kind } = entry
  const asked = state.approvals.get(fields.approval)
  if (asked === undefined || asked.row !== row) return find('approvals', 'not_asked', 'decides on a request that nobody made')
  state.approvals.delete(fields.approval)
  if (actor.alias === asked.requester) find('approvals', 'one_person', 'approves a request by the person who made it')
  state.pairs.push({ index, one: actor.alias, others: [asked.requester] })
  if (actor.alias !== asked.approver) find('approvals', 'another_person', 'is decided by another person than the one who was asked')
  if (fields.requestedBy !== asked.requester) find('approvals', 'another_person', 'names another person than the one who asked')
  if ((fields.to === fields.from) === (kind === 'approval_given')) find('approvals', 'wrong_decision', 'does not do what was decided')
  if (fields.decision === undefined && fields.summary === undefined) state.unsignedApprovals.push({ index, at })
  else takeSignature(state, entry, { index, at, find })
}

function takeSignature(state, { actor, at: atText, concern, fields, id, kind }, { index, at, find }) {
  const decision = kind === 'approval_given' ? 'approve' : 'refuse'
  if (fields.decision !== decision || fields.decidedAt !== atText)
    find('approvals', 'wrong_decision', 'says something else than the person signed')
  const given = typeof fields.signature === 'string' ? fromBase64(fields.signature) : null
  if (given?.length !== 65) return find('approvals', 'wrong_signature', 'has no signature')
  const signature = apart(given)
  const message = approvalMessage({ concern, fields })
  const signed = state.people.get(actor.alias)?.keys.some((key) => approvalIsSigned(key, message, signature)) === true
  state.unsettledApprovals.push({
    index,
    id,
    at,
    alias: actor.alias,
    role: actor.role,
    signature,
    signed,
    message: signed ? null : message,
  })
}

function checkOpenings(state, entry, find) {
  const waiting = state.openings.get(entry.id)
  if (waiting === undefined) return
  for (const opening of waiting) {
    opening.seen = true
    const committed = entry.fields[opening.field]
    // A name is committed to together with whose it is, so that it opens nothing of anybody else's
    const content = opening.field === 'who' ? `who\n${entry.fields.person}\n${opening.content}` : opening.content
    const digest = sha256(encodePieces('commitment', Buffer.from(opening.salt, 'base64url'), Buffer.from(content)))
    const same = ['hex', 'base64', 'base64url'].some((form) => digest.toString(form) === committed)
    if (same) {
      state.opened += 1
      if (opening.field === 'who' && !state.names.has(entry.fields.person)) state.names.set(entry.fields.person, opening.content)
    } else find('openings', 'wrong_opening', `committed to something else in "${printable(opening.field)}" than the bundle shows`)
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// What can be judged only at the end: batches are shuffled, so an entry may stand after one that rests on it

function finish(state) {
  state.settledAt = state.newestFreeAt - orderSlack
  finishMoves(state)
  finishPeople(state)
  finishApprovals(state)
  finishConcerns(state)
  finishMovedDeadlines(state)
  finishClockActs(state)
  finishDuties(state)
  for (const openings of state.openings.values()) {
    const lost = openings.find(({ seen }) => seen !== true)
    if (lost !== undefined)
      state.report.find(
        'tampered',
        'openings',
        'opening_of_nothing',
        `The bundle opens entry ${printable(lost.entry)}, which is not in the log.`,
        { id: printable(lost.entry) },
      )
  }
  const { report } = state
  if (state.reckoned > 0) report.note('limits', `${plural(state.reckoned, 'deadline was', 'deadlines were')} worked out anew`)
  if (state.notReckoned > 0)
    report.note('limits', `${plural(state.notReckoned, 'is', 'are')} from before the log held its rules and could not be`)
}

function finishMoves(state) {
  const { report, workflows } = state
  const [first] = workflows.all()
  const [early] = [...state.earlyMoves.values()].sort((a, b) => a - b)
  if (first === undefined && early !== undefined)
    report.find('incomplete', 'steps', 'no_rules_yet', 'The log does not say yet which steps are allowed, so they could not be checked.', {
      index: early,
    })
  if (first !== undefined) for (const [key, index] of state.earlyMoves) if (!allows(first, key)) findMove(state, key, index)
  for (const { key, index, at } of state.unsettledMoves) {
    const tables = workflows.within(at - secondsADay, at)
    if (tables.some((table) => allows(table, key))) continue
    if (at <= state.settledAt) findMove(state, key, index)
    else report.wait('steps', index)
  }
}

function finishPeople({ report, acted, mentioned, people, settledAt }) {
  const unknown = ({ index, at }, message) => {
    if (at > settledAt) report.wait('people', index)
    else report.find('tampered', 'people', 'stranger', `Entry ${index} ${message}.`, { index })
  }
  for (const [alias, roles] of acted) {
    const person = people.get(alias)
    const strange = [...roles].filter(([role]) => person?.roles.has(role) !== true)
    if (person === undefined) unknown([...roles.values()][0], 'is by somebody whom the log never let in')
    else strange.forEach(([role, first]) => unknown(first, `is by somebody acting as ${role}, which the log never made them`))
  }
  for (const [alias, first] of mentioned) if (!people.has(alias)) unknown(first, 'names somebody whom the log never let in')
}

function finishApprovals(state) {
  const { report, workflows } = state
  const results = state.unsettledApprovals.map((approval) => {
    const find = (severity, code, words) =>
      report.find(severity, 'approvals', code, `Entry ${approval.index} ${words}.`, { index: approval.index, id: approval.id })
    judgeApprover(state, approval, find)
    return judgeSignature(state, approval, find)
  })
  const same =
    state.replaced.size === 0
      ? []
      : state.pairs.filter(({ one, others }) =>
          others.some((other) => other !== one && firstNameOf(state, other) === firstNameOf(state, one)),
        )
  for (const { index } of same)
    report.find('tampered', 'approvals', 'one_person', `Entry ${index} is between two names of one person: two people are needed.`, {
      index,
    })
  const late = ({ at }) => workflows.all().length > 0 && !workflows.isBeforeFirst(at)
  for (const { index } of state.unsignedApprovals.filter(late))
    report.find('tampered', 'approvals', 'wrong_signature', `Entry ${index} carries an approval without what was signed.`, { index })
  for (const { index } of state.keyless.filter(late))
    report.find('tampered', 'people', 'wrong_key', `Entry ${index} lets somebody in without a key.`, { index })
  const held = results.filter((result) => result === 'holds').length
  const unchecked = results.filter((result) => result === 'unchecked').length + state.unsignedApprovals.length
  if (held > 0) report.note('approvals', `${count(held)} ${held === 1 ? 'signature holds' : 'signatures hold'}`)
  if (unchecked > 0)
    report.note('approvals', `${plural(unchecked, 'rests', 'rest')} on an earlier release, whose log cannot show the signatures`)
}

/** The alias under which the log first knew somebody who came back under others, after keys were lost. */
function firstNameOf({ replaced }, alias) {
  const seen = new Set()
  let first = alias
  while (replaced.has(first) && !seen.has(first) && seen.size < 100) {
    seen.add(first)
    first = replaced.get(first)
  }
  return first
}

function judgeSignature({ people, report, settledAt }, { at, index, alias, message, signature, signed }, find) {
  const person = people.get(alias)
  const keys = person?.keys ?? []
  if (signed || keys.some((key) => approvalIsSigned(key, message, signature))) return 'holds'
  // An earlier release let them in, and gave out no keys
  if (keys.length === 0 && person?.keyless === true) return 'unchecked'
  if (keys.length === 0 && at > settledAt) report.wait('approvals', index)
  else find('tampered', 'wrong_signature', 'carries an approval whose signature does not hold')
  return 'fails'
}

function judgeApprover({ people, workflows }, { at, alias, role }, find) {
  const tables = workflows.within(at - secondsADay, at)
  if (tables.length > 0 && !tables.some((table) => table.roles.has(role)))
    find('tampered', 'wrong_role', 'is approved by somebody whose role cannot approve')
  const rights = people.get(alias)?.rights.within(at - secondsADay, at) ?? []
  if (rights.length > 0 && !rights.some(({ roles }) => roles.has(role)))
    find('tampered', 'role_not_held', 'is approved in a role that the signed lists had taken away')
}

function finishConcerns(state) {
  const { concerns, report } = state
  for (let row = 0; row < concerns.count; row += 1) {
    const index = concerns.firstIndex[row]
    if (concerns.raisedIndex[row] !== 0) finishDeadline(state, row)
    else report.find('tampered', 'lanes', 'no_beginning', `Entry ${index} is of a concern that nobody raised.`, { index })
  }
}

const dayWindow = (day) => [(day - 1) * secondsADay - 3600, (day + 1) * secondsADay]

function finishDeadline(state, row) {
  const { concerns, deadlines } = state
  const index = concerns.raisedIndex[row] - 1
  const [recorded, ownForm] = [concerns.flags[row] & flags.recorded, concerns.flags[row] & flags.ownForm]
  const [from, to] = dayWindow(concerns.raisedOn[row])
  if (!recorded && !ownForm)
    return findDeadline(state, { index, to }, 'not_recorded', 'is a concern that somebody wrote down, and nobody says when it was received')
  const start = recorded ? concerns.receivedOn[row] : concerns.raisedOn[row]
  const clock = state.clocks.word(concerns.clock[row])
  const days = deadlines.possible(clock, start, from, to)
  const promised = concerns.acknowledgeBy[row]
  if (days === null) state.notReckoned += 1
  else if (days.has(promised)) state.reckoned += 1
  else
    findDeadline(
      state,
      { index, to },
      'wrong_deadline',
      `promises an answer by ${shown(promised)}. The published limits give ${eitherOf(days)}`,
    )
  if (concerns.ackIndex[row] !== 0) finishAcknowledged(state, row, start, clock)
}

function findDeadline({ report, settledAt }, { index, to }, code, message) {
  if (to > settledAt) report.wait('limits', index)
  else report.find('tampered', 'limits', code, `Entry ${index} ${message}.`, { index })
}

function finishAcknowledged(state, row, start, clock) {
  const { concerns, deadlines, report } = state
  const index = concerns.ackIndex[row] - 1
  const due = concerns.ackDue[row]
  const [from, to] = dayWindow(concerns.ackOn[row])
  const days = deadlines.possible(clock, start, from, to)
  if (days === null) return
  if (!days.has(due) && !(days.size === 0 && due === none))
    return findDeadline(
      state,
      { index, to },
      'wrong_deadline',
      `says an answer was due on ${shown(due)}. The published limits give ${eitherOf(days)}`,
    )
  const inTime = (concerns.flags[row] & flags.inTime) !== 0
  if (due === none || inTime === concerns.ackOn[row] <= due) return
  const words = inTime ? 'says the answer was in time, and it was late' : 'says the answer was late, and it was in time'
  report.find('tampered', 'limits', 'wrong_outcome', `Entry ${index} ${words}.`, { index })
}

const startsWithReceipt = (clock) => ['T1', 'T2', 'T2d', 'T3'].includes(clock)

function finishMovedDeadlines(state) {
  const { concerns, deadlines, moved } = state
  for (const { index, row, at, clock, after } of moved) {
    if (concerns.raisedIndex[row] === 0) continue
    const recorded = (concerns.flags[row] & flags.recorded) !== 0
    const days = deadlines.possible(clock, recorded ? concerns.receivedOn[row] : concerns.raisedOn[row], at - secondsADay, at + 1)
    if (days !== null && !days.has(after))
      findDeadline(
        state,
        { index, to: at },
        'wrong_deadline',
        `moves a deadline to ${shown(after)}. The published limits give ${eitherOf(days)}`,
      )
  }
}

/** An act that names a clock, and the date it says that clock was due. */
function noteClockAct(state, { kind, fields, index, at, row }, date) {
  if (row < 0) return
  const { clock, of, cycle, round, until } = fields
  // What it is of may be told by an entry that stands later: the reporter's wait for the end of their day
  const item = itemNumber(state.items, of)
  const said = date === null ? none : readDay(date ?? null)
  const to = readDay(until ?? null)
  state.clockActs.push({ kind, index, row, at, clock, item, cycle, round, said, until: to })
}

/** A concern with so much in it that nobody can have done it is not worked through. */
const mostEvents = 5000
const mostWork = 2_000_000

/** What is said of clocks is what the entries before give, by the calendar and limits in force: which may stand still or move, and when each was due. */
function finishClockActs(state) {
  const { concerns, report } = state
  const byRow = new Map()
  for (const act of state.clockActs) {
    const acts = byRow.get(act.row)
    if (acts === undefined) byRow.set(act.row, [act])
    else acts.push(act)
  }
  for (const [row, acts] of byRow) {
    if (concerns.raisedIndex[row] === 0) continue
    if (concerns.eventCount[row] > mostEvents || acts.length * concerns.eventCount[row] > mostWork)
      report.find('unusable', 'limits', 'too_many', `Entry ${concerns.firstIndex[row]} begins a concern with too much in it to work out.`, {
        index: concerns.firstIndex[row],
      })
    else judgeClockActs(state, row, acts)
  }
}

function judgeClockActs(state, row, acts) {
  const all = eventsOf(state, row)
  const facts = factsOf(state, row)
  let last = null
  const reckoned = (act, within) => {
    const events = all.filter(({ index, day, reporters }) => (reporters === 1 ? day <= londonDay(act.at) : index < act.index + within))
    const inForce = state.deadlines.inForce(act.at - secondsADay, act.at + 1)
    const key = `${events.length} ${londonDay(act.at)} ${inForce.map(({ calendar, limit }) => `${calendar.index}.${limit.index}`).join()}`
    // One sweep says something of several clocks of a concern
    if (last?.key === key) return last.readings
    const readings = inForce.map(({ calendar, limit }) =>
      reckonClocks({ events, rules: limit.rules, holidays: calendar.holidays, facts, today: londonDay(act.at) }),
    )
    last = { key, readings }
    return readings
  }
  for (const act of acts) judgeClockAct(state, act, reckoned)
}

function judgeClockAct(state, act, reckoned) {
  const sets = reckoned(act, 0)
  if (sets.length === 0 || !sets.some((clocks) => clocks.length > 0)) return void (state.notReckoned += 1)
  const find = (code, message) => findDeadline(state, { index: act.index, to: act.at }, code, message)
  const own = sets.flatMap((clocks) => clocks.filter((each) => isClockOf(each, act)).slice(-1))
  const name = printable(act.clock)
  if (own.length === 0) return find('no_such_clock', `is about a clock, ${name}, that did not run`)
  const wrong = faultOfClockAct(act, own, reckoned)
  if (wrong !== null) return find(wrong[0], wrong[1])
  state.reckoned += 1
}

function isClockOf({ code, item, cycle, round }, act) {
  const same = code === act.clock && item === act.item
  return same && (act.cycle === undefined || cycle === act.cycle) && (act.round === undefined || round === act.round)
}

function faultOfClockAct(act, own, reckoned) {
  const name = printable(act.clock)
  const dues = new Set(own.map(({ dueOn }) => dueOn))
  const day = londonDay(act.at)
  const after = () => reckoned(act, 1).flatMap((clocks) => clocks.filter((each) => isClockOf(each, act)).slice(-1))
  if (act.kind === 'clock_paused') {
    if (!own.some(({ rule }) => rule.pauseCap > 0)) return ['pause_not_allowed', `pauses ${name}, which never stands still`]
    if (!own.some(({ dueOn, stoppedOn }) => stoppedOn === none && day <= dueOn))
      return ['moved_too_late', `pauses ${name}, which was over: a limit that was missed stays missed`]
    const reaches = after().some(({ pauseUntil }) => pauseUntil === act.until)
    return reaches ? null : ['pause_too_long', `pauses ${name} until ${shown(act.until)}, which is more than its limit allows`]
  }
  if (!dues.has(act.said))
    return ['wrong_deadline', `says that ${name} was due on ${shown(act.said)}. The published limits give ${eitherOf(dues)}`]
  if (act.kind === 'clock_escalated' && day <= act.said) return ['told_too_early', `tells of ${name} as late, which it was not`]
  if (act.kind !== 'clock_extended') return null
  if (!own.some(({ rule }) => rule.extendable)) return ['extension_not_allowed', `gives ${name} a later date, which it cannot have`]
  if (!own.some(({ dueOn, stoppedOn }) => stoppedOn === none && day <= dueOn))
    return ['moved_too_late', `gives ${name} a later date once it was late: a limit that was missed stays missed`]
  return act.until > act.said ? null : ['wrong_extension', `gives ${name} a later date that is none`]
}

const eitherOf = (days) => [...days].map(shown).join(' or ') || 'none'

const shown = (day) => (day === none || Number.isNaN(day) ? 'no date' : dayText(day))
const count = (number) => number.toLocaleString('en-GB')
/** `1 entry`, `2 entries`. */
const plural = (number, one, several = `${one}s`) => `${count(number)} ${number === 1 ? one : several}`

/** The first 160 bits of a root as the service's mails and pages show it: eight groups of Crockford's base 32, to be compared by eye or aloud. */
export function fingerprintOf(root) {
  const bits = [...root.subarray(0, 20)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const symbols = bits.match(/.{5}/g).map((five) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number.parseInt(five, 2)])
  return symbols.join('').match(/.{4}/g).join('-')
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Duties of the organisation: what it owes as a whole, each by a random number

const mostDuties = 100_000
/** More than can have been done about one: a pause lasts a day at least, and all together have a measure. */
const mostDutyActs = 200
/** What was done about a duty, in the order in which it can have been where nothing else tells: numbers do, in entries that have them. */
const dutyOrder = ['duty_paused', 'duty_resumed', 'duty_extended', 'duty_done']
/** One each at a time: done, the next begins. */
const recurringDuties = new Set(['T15', 'T16'])
/** Two months more at most (UK GDPR, article 12(3)). */
const furtherMonths = 2
/** An act takes its time before it waits for its turn: one that has a later time may have come first. */
const turnSlack = 3600

function noteDuty(state, { fields, kind, actor }, { index, at, find }) {
  mention(state, fields.person, { index, at })
  if (!isUuid(fields.duty) || typeof fields.code !== 'string') return find('limits', 'wrong_shape', 'does not say which duty it is of')
  const duty = state.duties.get(fields.duty) ?? { id: fields.duty, began: null, steps: [], said: [] }
  if (!state.duties.has(fields.duty)) {
    if (state.duties.size === mostDuties) return void (state.dutiesLeftOut = index)
    state.duties.set(fields.duty, duty)
  }
  if (duty.steps.length + duty.said.length === mostDutyActs) return void (state.dutiesLeftOut = index)
  const act = { kind, index, at, fields, role: actor?.role ?? null }
  if (kind === 'duty_began') {
    if (duty.began !== null) return find('limits', 'duty_began_twice', 'begins a duty that had begun already')
    Object.assign(duty, { began: act, code: fields.code, startedOn: readDay(fields.startedOn), startedAt: readInstant(fields.startedAt) })
  } else (dutyOrder.includes(kind) ? duty.steps : duty.said).push(act)
}

/** Each duty by what its entries say, and those that recur by each other. */
function finishDuties(state) {
  if (state.dutiesLeftOut !== undefined)
    state.report.find(
      'unusable',
      'limits',
      'too_many',
      `Entry ${state.dutiesLeftOut} is of duties with more in them than is worked through.`,
      {
        index: state.dutiesLeftOut,
      },
    )
  for (const duty of state.duties.values()) {
    duty.steps.sort(byPlace)
    duty.said.sort((a, b) => a.at - b.at || a.index - b.index)
    for (const act of [...duty.steps, ...duty.said])
      if (duty.began === null) findDuty(state, act, 'no_such_duty', 'is of a duty that nobody began')
      else if (act.fields.code !== duty.code) findDuty(state, act, 'wrong_duty', 'names a duty by another rule than the one it began under')
    if (duty.began !== null) judgeDuty(state, duty)
  }
  finishRecurring(state)
}

function byPlace(a, b) {
  const numbered = a.fields.number !== undefined && b.fields.number !== undefined ? a.fields.number - b.fields.number : 0
  return numbered || a.at - b.at || dutyOrder.indexOf(a.kind) - dutyOrder.indexOf(b.kind) || a.index - b.index
}

const findDuty = (state, { index, at }, code, message) => findDeadline(state, { index, to: at }, code, message)

function judgeDuty(state, duty) {
  const { began, code, steps, said } = duty
  const settle = (act, wrong) => {
    if (wrong === null) state.reckoned += 1
    else findDuty(state, act, ...wrong)
    return wrong === null
  }
  if (!settle(began, faultOfBeginning(state, duty))) return
  const done = steps.find(({ kind }) => kind === 'duty_done') ?? null
  for (const [place, act] of steps.entries())
    settle(act, faultOfDutyPlace(act, place, place > steps.indexOf(done) ? done : null, code) ?? faultOfDutyStep(state, duty, act, place))
  const told = new Set()
  for (const act of said) {
    const step = act.kind === 'duty_warned' ? 'warning' : act.fields.step
    const again = told.has(step) ? ['told_twice', `tells of ${printable(code)} what was told before: each step is taken once`] : null
    told.add(step)
    settle(act, again ?? faultOfDutySaid(state, duty, act, done))
  }
}

function faultOfDutyPlace({ fields: { number } }, place, done, code) {
  if (number !== undefined && number !== place + 1)
    return ['duty_gap', `is number ${printable(number)} of what was done about its duty, and number ${place + 1} is missing`]
  return done === null ? null : ['duty_done_already', `does something about ${printable(code)} that was done by then`]
}

function faultOfBeginning(state, duty) {
  const { began, code, startedOn, startedAt } = duty
  const { fields, at } = began
  const due = readDay(fields.dueOn)
  if (Number.isNaN(startedOn) || Number.isNaN(due)) return ['wrong_date', `does not say when ${printable(code)} began and is due`]
  if (startedOn > londonDay(at) || startedAt > at) return ['duty_to_come', `begins ${printable(code)} on a day to come`]
  if (fields.startedAt !== undefined && londonDay(startedAt) !== startedOn)
    return ['wrong_date', `begins ${printable(code)} on another day than its time says`]
  const readings = reckonDuty(state, duty, [], at)
  if (readings === null) return null
  if (readings.length === 0) return ['no_such_clock', `begins ${printable(code)}, for which no limit was published`]
  if (readings.some(({ rule }) => rule.dueFrom === 'set')) return due > startedOn ? null : ['wrong_deadline', `sets a date that is none`]
  return faultOfDutyDate(code, readings, fields)
}

/** The date that an entry says against those that its duty can have had. */
function faultOfDutyDate(code, readings, { dueOn, dueAt }) {
  const days = new Set(readings.flatMap((each) => each.dueDays))
  if (!days.has(readDay(dueOn)))
    return [
      'wrong_deadline',
      `says that ${printable(code)} was due on ${shown(readDay(dueOn))}. The published limits give ${eitherOf(days)}`,
    ]
  if (dueAt === undefined || readings.some((each) => each.dueAt === readInstant(dueAt))) return null
  return ['wrong_deadline', `says another instant for ${printable(code)} than its hours give`]
}

/** Whatever the duty can have been after these steps, by every calendar and set of limits in force around a time; null where the log had none. */
function reckonDuty(state, duty, steps, at) {
  const inForce = state.deadlines.inForce(at - secondsADay, at + 1)
  if (!inForce.some(({ limit }) => dutyRulesOf(limit.rules).length > 0)) {
    state.notReckoned += 1
    return null
  }
  return inForce.flatMap(({ calendar, limit }) => reckonDutyBy(limit.rules, calendar.holidays, duty, steps, londonDay(at)) ?? [])
}

const dutyRules = new WeakMap()
function dutyRulesOf(rules) {
  const sorted = dutyRules.get(rules)
  if (sorted !== undefined) return sorted
  const own = rules.filter(({ startEvent, scope }) => startEvent !== undefined && scope === 'organisation')
  dutyRules.set(rules, own)
  return own
}

function reckonDutyBy(rules, holidays, { code, startedOn, startedAt, began }, steps, today) {
  const rule = ruleFor(dutyRulesOf(rules), code, startedOn)
  if (rule === null) return null
  const events = steps.map(({ kind, at, fields }) => ({
    event: kind === 'duty_done' ? kind : kind.replace('duty_', 'clock_'),
    clock: kind === 'duty_done' ? '' : code,
    item: 1,
    day: kind === 'duty_done' ? readDay(fields.doneOn) : londonDay(at),
    until: Number.isNaN(readDay(fields.until)) ? none : readDay(fields.until),
  }))
  const until = rule.dueFrom === 'set' ? readDay(began.fields.dueOn) : none
  const [clock] = runClock(rule, { cycle: 1, item: 1, day: startedOn, until, events }, holidays, today)
  const dueAt = rule.unit === 'hours' ? startedAt + rule.limit * 3600 : Number.NaN
  // Of an earlier release the day is so many days later, whatever the clocks did between
  return { ...clock, dueAt, dueDays: Number.isNaN(dueAt) ? [clock.dueOn] : [londonDay(dueAt), clock.dueOn] }
}

function faultOfDutyStep(state, duty, act, place) {
  const { kind, at, fields } = act
  const name = printable(duty.code)
  const before = reckonDuty(state, duty, duty.steps.slice(0, place), at)
  if (before === null) return null
  const day = londonDay(at)
  if (kind === 'duty_done') return faultOfDutyDone(state, duty, act, place)
  if (kind === 'duty_resumed') {
    const stands = before.some(({ pauseFrom, pauseUntil }) => pauseFrom !== none && pauseFrom <= day && day < pauseUntil)
    return stands ? null : ['not_paused', `lets ${name} go on, which did not stand still`]
  }
  if (!before.some((each) => each.dueDays.some((due) => day <= due)))
    return ['moved_too_late', `moves ${name} once it was late: a limit that was missed stays missed`]
  if (kind === 'duty_paused') {
    const may = before.some(({ rule, pausedDays }) => rule.pauseCap > pausedDays)
    return may ? null : ['pause_not_allowed', `pauses ${name}, which cannot stand still, or no more`]
  }
  return faultOfDutyExtension(name, before, fields)
}

function faultOfDutyExtension(name, before, { before: said, until: to }) {
  const [days, until] = [new Set(before.map(({ dueOn }) => dueOn)), readDay(to)]
  if (!days.has(readDay(said)))
    return ['wrong_deadline', `says that ${name} was due on ${shown(readDay(said))}. The published limits give ${eitherOf(days)}`]
  if (!before.some(({ rule, extensions }) => rule.extendable && extensions === 0))
    return ['extension_not_allowed', `gives ${name} a later date, which it cannot have, or not again`]
  if (!(until > readDay(said))) return ['wrong_extension', `gives ${name} a later date that is none`]
  const last = dueDay({ unit: 'calendar_months', limit: furtherMonths }, readDay(said))
  return until <= last ? null : ['extension_too_long', `gives ${name} until ${shown(until)}; the law allows until ${shown(last)}`]
}

/** Done not before it began nor after it was written down, and in time where the entry says so. */
function faultOfDutyDone(state, duty, { at, fields }, place) {
  const name = printable(duty.code)
  const [on, instant] = [readDay(fields.doneOn), readInstant(fields.doneAt)]
  if (Number.isNaN(on) || (fields.doneAt !== undefined && londonDay(instant) !== on))
    return ['wrong_date', `does not say when ${name} was done`]
  if (on < duty.startedOn || instant < duty.startedAt) return ['done_before_it_began', `says that ${name} was done before it began`]
  if (on > londonDay(at) || instant > at) return ['done_to_come', `says that ${name} was done on a day to come`]
  const after = reckonDuty(state, duty, duty.steps.slice(0, place + 1), at)
  const outcomes = new Set(after.flatMap((each) => outcomesOfDone(each, instant)))
  if (outcomes.has(fields.state)) return null
  return ['wrong_outcome', `says that ${name} was ${printable(fields.state)}. The entries give ${[...outcomes].join(' or ')}`]
}

/** Of one second, what came after a part of it may have been late. */
function outcomesOfDone({ outcome, dueAt }, instant) {
  if (Number.isNaN(dueAt)) return [outcome]
  if (instant === dueAt) return ['met', 'missed']
  return [instant < dueAt ? 'met' : 'missed']
}

/** What the duty can have been when the clock looked: what else was done about it within an hour may have come before or after. */
function readingsAround(state, duty, at) {
  const couldBe = [...duty.steps.keys(), duty.steps.length].filter((place) => {
    const [last, next] = [duty.steps[place - 1], duty.steps[place]]
    return last?.kind !== 'duty_done' && !(last?.at > at + turnSlack) && !(next?.at < at - turnSlack)
  })
  const readings = couldBe.map((place) => reckonDuty(state, duty, duty.steps.slice(0, place), at))
  return readings.includes(null) ? null : readings.flat()
}

function faultOfDutySaid(state, duty, { kind, at, fields }, done) {
  const name = printable(duty.code)
  if (done !== null && at > done.at + turnSlack) return ['told_when_done', `tells of ${name} that was done by then`]
  const readings = readingsAround(state, duty, at)
  const wrong = readings === null ? null : faultOfDutyDate(duty.code, readings, fields)
  if (readings === null || wrong !== null) return wrong
  const stepOn = readDay(fields.stepOn)
  if (!(stepOn <= londonDay(at))) return ['told_too_early', `tells of ${name} before the day on which it says that falls due`]
  if (kind === 'duty_warned') return null
  const isLate = (each) => (Number.isNaN(each.dueAt) ? londonDay(at) > readDay(fields.dueOn) : at > each.dueAt)
  if (!readings.some(isLate)) return ['told_too_early', `tells of ${name} as late, which it was not`]
  const inChain = readings.some(({ rule }) => !Array.isArray(rule.escalateTo) || rule.escalateTo.includes(fields.step))
  return inChain ? null : ['told_wrongly', `passes ${name} up to somebody whom its limit does not name`]
}

/** What recurs began once; every other time is the day on which the one before was done, written down together with that. */
function finishRecurring(state) {
  const key = (day, at) => `${day} ${at}`
  for (const code of recurringDuties) {
    const own = [...state.duties.values()].filter((duty) => duty.code === code)
    const ends = new Map()
    for (const act of own.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'duty_done'))) {
      const at = key(readDay(act.fields.doneOn), act.at)
      ends.set(at, [...(ends.get(at) ?? []), act])
    }
    const firsts = own
      .filter(({ startedOn, began }) => ends.get(key(startedOn, began.at))?.pop() === undefined)
      .sort((a, b) => a.began.at - b.began.at || a.began.index - b.began.index)
    for (const { began } of firsts.slice(1))
      findDuty(state, began, 'runs_twice', `begins ${code} a second time, and no entry says that the one before was done on that day`)
    for (const end of [...ends.values()].flat())
      findDuty(state, end, 'no_next', `ends ${code}, and no entry begins the next one on that day`)
  }
}

/** Each duty that was open at some time in a period, as it stands at the end of a day, by its date; and those that are late though nobody was told. */
function reckonDuties(state, { from, to, today }, find) {
  const [calendar, limit] = [state.deadlines.calendars.all().at(-1), state.deadlines.limits.all().at(-1)]
  if (calendar === undefined || limit === undefined) return []
  const rows = []
  for (const duty of state.duties.values()) {
    if (duty.began === null || Number.isNaN(readDay(duty.began.fields.dueOn))) continue
    if (!(duty.startedOn <= to) || londonDay(duty.began.at) > today) continue
    const steps = duty.steps.filter(({ at }) => londonDay(at) <= today)
    const clock = reckonDutyBy(limit.rules, calendar.holidays, duty, steps, today)
    // What takes a year is late in another year than it began in
    if (clock === null || !(clock.stoppedOn === none || clock.stoppedOn >= from)) continue
    const row = dutyRow(duty, steps, clock, today)
    rows.push(row)
    if (isUntold(state, duty, row, { clock, calendar, today }))
      find(
        'incomplete',
        'nobody_told',
        `Entry ${duty.began.index} begins ${printable(duty.code)}, which was due on ${row.dueOn}: no entry says that it was done, and none that somebody was told. One of them is missing, or the background process stood still.`,
        { index: duty.began.index },
      )
  }
  const byDate = (one, two) => (one.dueOn < two.dueOn ? -1 : one.dueOn > two.dueOn ? 1 : 0)
  return rows.sort(byDate)
}

function dutyRow(duty, steps, clock, today) {
  const done = steps.find(({ kind }) => kind === 'duty_done')
  const hours = Number.isNaN(clock.dueAt) ? null : outcomeOfHours(clock, duty, done, today)
  const { firstDueOn, dueOn, outcome } = hours ?? clock
  return {
    ...{ duty: duty.id, code: duty.code, version: clock.version, startedOn: dayText(duty.startedOn) },
    ...{ firstDueOn: dayText(firstDueOn), dueOn: dayText(dueOn) },
    dueAt: hours === null ? null : new Date(clock.dueAt * 1000).toISOString().replace('.000', ''),
    ...{ stoppedOn: dateOrNull(clock.stoppedOn), outcome, workingDays: clock.workingDays, hours: hours?.taken ?? null },
    ...{ pausedDays: clock.pausedDays, extensions: clock.extensions, force: clock.rule.force ?? null },
    ...{ recordedOn: dayText(londonDay(duty.began.at)), startedEntry: duty.began.index, startedRole: duty.began.role },
    stopRecordedOn: done === undefined ? null : dayText(londonDay(done.at)),
    ...{ stoppedEntry: done?.index ?? null, stoppedRole: done?.role ?? null },
    ...dutySaid(duty, today),
    movedFor: listed(steps.flatMap(({ fields }) => fields.reasonCode ?? []).sort()),
  }
}

/** Who was told of a duty until a day, each by the day of the entry; of one day by the day on which it fell due, then by whom. */
function dutySaid(duty, today) {
  const said = duty.said.filter(({ at }) => londonDay(at) <= today)
  const warned = said.find(({ kind }) => kind === 'duty_warned')
  const order = ({ at, fields }) => `${dayText(londonDay(at))} ${fields.stepOn} ${fields.step}`
  const up = said.filter(({ kind }) => kind === 'duty_escalated').sort((a, b) => (order(a) < order(b) ? -1 : 1))
  return {
    warnedOn: warned === undefined ? null : dayText(londonDay(warned.at)),
    warnedEntry: warned?.index ?? null,
    escalatedOn: up.length === 0 ? null : dayText(londonDay(up[0].at)),
    escalatedTo: up.map(({ fields }) => fields.step).join(' '),
    escalatedEntries: up.map(({ index }) => index).join(' '),
  }
}

function outcomeOfHours({ dueAt }, { startedAt }, done, today) {
  const dueOn = londonDay(dueAt)
  const days = { firstDueOn: dueOn, dueOn }
  if (done === undefined) return { ...days, outcome: dueOn <= today ? 'overdue' : 'running', taken: null }
  const doneAt = readInstant(done.fields.doneAt)
  return { ...days, outcome: doneAt <= dueAt ? 'met' : 'missed', taken: Math.floor((doneAt - startedAt) / 3600) }
}

/** Late long enough for the clock to have said so, after it was written down, and it did not. */
function isUntold(state, { began }, { dueOn, outcome, escalatedTo }, { clock, calendar, today }) {
  if (outcome !== 'overdue' || escalatedTo !== '' || !(clock.rule.escalateTo?.length > 0)) return false
  const stepOn = Math.max(workingDayAfter(readDay(dueOn), 1, calendar.holidays), clock.pauseUntil, londonDay(began.at) + 1)
  return stepOn < Math.min(today, londonDay(state.settledAt))
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Checkpoints: the one that is checked, and every older one

function readFileOf(file, most, what) {
  let kind
  try {
    kind = statSync(file)
  } catch {
    throw new Unusable('not_found', `There is no file "${file}".`)
  }
  if (!kind.isFile()) throw new Unusable('not_found', `"${file}" is no file.`)
  if (kind.size > most) throw new Unusable('too_large', `"${file}" is larger than ${what} can be.`)
  return readFileSync(file)
}

/** The newest checkpoint, once its signature stands. Throws `Unusable` where it is not for these keys; null after a false signature. */
function judgeNewest(bundle, keys, report) {
  const bytes = bundle.read('checkpoint', largest.note)
  if (bytes === null) throw new Unusable('no_checkpoint', 'The bundle has no checkpoint, so it is no bundle of a log.')
  const newest = readCheckpoint(bytes)
  const own = keys.filter(({ name, witness }) => name === newest.origin && !witness)
  if (own.length === 0)
    throw new Unusable(
      'wrong_origin',
      `This is the log "${printable(newest.origin)}", and none of the keys you gave is that log's. Is it the bundle you meant?`,
    )
  const { good, bad } = judgeSignatures(newest, own)
  report.made('signature')
  if (bad.length > 0)
    report.find(
      'tampered',
      'signature',
      'wrong_signature',
      'The newest checkpoint carries a signature that does not hold. It was changed after it was signed.',
      { size: newest.size },
    )
  if (good.length === 0 && bad.length === 0)
    throw new Unusable(
      'unknown_key',
      `The newest checkpoint is not signed by the key you gave but by ${newest.lines.map(({ id }) => id).join(', ')}. If a new key was announced to you, give that one too. If not, treat this as tampering.`,
    )
  if (good.length > 0) report.note('signature', `key ${good.map(({ key }) => key.id).join(' and ')}`)
  return bad.length > 0 ? null : newest
}

/** Every older checkpoint there is, by size: those in the bundle, and those that the auditor kept. */
function gatherCheckpoints({ bundle, newest, keys, kept, report }) {
  const all = [
    { ...newest, from: 'the newest checkpoint', newest: true, signedBy: judgeSignatures(newest, keys).good.map(({ key }) => key.id) },
  ]
  let unsigned = 0
  for (const name of bundle.names()) {
    if (!name.startsWith('checkpoints/')) continue
    const checkpoint = readOlder(bundle.read(name, largest.note), name)
    if (checkpoint.size !== Number(name.slice('checkpoints/'.length)))
      report.find('tampered', 'checkpoints', 'wrong_name', `"${name}" is the checkpoint of another size.`, { size: checkpoint.size })
    const from = `checkpoint ${checkpoint.size} in the bundle`
    const signedBy = judgeOlder(checkpoint, from, { keys, newest, report })
    if (signedBy.length === 0) unsigned += 1
    all.push({ ...slim(checkpoint), from, signedBy })
  }
  for (const file of kept) {
    const checkpoint = readOlder(readFileOf(file, largest.note, 'a checkpoint'), file)
    if (checkpoint.origin !== newest.origin)
      throw new Unusable('wrong_origin', `"${file}" is a checkpoint of another log, "${printable(checkpoint.origin)}".`)
    const signedBy = judgeOlder(checkpoint, `"${path.basename(file)}"`, { keys, newest, report })
    if (signedBy.length === 0)
      throw new Unusable('unknown_key', `"${file}" is not signed by a key you gave. If it is older than the key, give the earlier key too.`)
    all.push({
      ...slim(checkpoint),
      from: `your checkpoint ${path.basename(file)} of ${count(checkpoint.size)} entries`,
      signedBy,
      brought: true,
    })
  }
  if (unsigned > 0)
    report.note(
      'checkpoints',
      `${count(unsigned)} in the bundle are signed by keys you did not give: their roots were compared all the same`,
    )
  return all.sort((a, b) => a.size - b.size)
}

/** Keys take over from each other in the open: up to where each of them signed, and whether the log announces one that was not given. */
function tellKeys({ checkpoints, keys, announced, report }) {
  const unknown = [...announced].filter((text) => !keys.some((key) => key.text === text))
  if (unknown.length > 0)
    report.note(
      'signature',
      `the log announces another key, ${unknown.map((text) => printable(text).split('+')[1] ?? '?').join(', ')}: have it given to you on paper`,
    )
  if (keys.length < 2) return
  for (const { id } of keys) {
    const sizes = checkpoints.filter(({ signedBy }) => signedBy.includes(id)).map(({ size }) => size)
    if (sizes.length > 0) report.note('signature', `key ${id} signed from ${count(sizes[0])} to ${count(sizes.at(-1))} entries`)
  }
}

const slim = ({ size, root, restored }) => ({ size, root: apart(root), restored })

function readOlder(bytes, name) {
  try {
    return readCheckpoint(bytes)
  } catch (error) {
    if (error instanceof Unusable) throw new Unusable(error.code, `"${name}": ${error.message}`)
    throw error
  }
}

/** By which of the trusted keys it is signed, or says it is; none where by others. */
function judgeOlder(checkpoint, from, { keys, newest, report }) {
  if (checkpoint.origin !== newest.origin)
    report.find('tampered', 'checkpoints', 'wrong_origin', `${capital(from)} is of another log.`, { size: checkpoint.size })
  const { good, bad } = judgeSignatures(
    checkpoint,
    keys.filter(({ name, witness }) => name === checkpoint.origin && !witness),
  )
  if (bad.length > 0)
    report.find('tampered', 'checkpoints', 'wrong_signature', `${capital(from)} carries a signature that does not hold.`, {
      size: checkpoint.size,
    })
  return [...good.map(({ key }) => key.id), ...bad.map(({ id }) => id)]
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

/** Cosignatures: up to where each witness of the auditor's has seen the log. */
function judgeWitnesses({ bundle, newest, kept, witnesses, report }) {
  if (witnesses.length === 0) return
  report.made('witnesses')
  const seen = new Map()
  const look = (checkpoint) => {
    const { good, bad } = judgeSignatures(checkpoint, witnesses)
    for (const { name } of bad)
      report.find(
        'tampered',
        'witnesses',
        'wrong_signature',
        `The checkpoint of ${count(checkpoint.size)} entries has a cosignature of ${printable(name)} that does not hold.`,
        { size: checkpoint.size },
      )
    for (const { key, time } of good)
      if ((seen.get(key.text)?.size ?? -1) < checkpoint.size) seen.set(key.text, { size: checkpoint.size, time })
  }
  look(newest)
  for (const name of bundle.names()) if (name.startsWith('checkpoints/')) look(readOlder(bundle.read(name, largest.note), name))
  for (const file of kept) look(readOlder(readFileOf(file, largest.note, 'a checkpoint'), file))
  for (const { name, text } of witnesses) {
    const last = seen.get(text)
    if (last === undefined)
      report.find('incomplete', 'witnesses', 'not_witnessed', `The witness ${printable(name)} has signed none of these checkpoints.`)
    else
      report.note(
        'witnesses',
        `${printable(name)} saw ${count(last.size)} entries on ${new Date(last.time * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      )
  }
}

/** What an older checkpoint that does not fit means: another line after a restore that was declared, or a log that was changed. */
function judgeDisagreements({ newest, checkpoints, differing, lastGood, restores, report }) {
  report.made('checkpoints')
  const older = checkpoints.filter((checkpoint) => !checkpoint.newest)
  const agreeing = older.filter((checkpoint) => {
    const differs = differing.has(checkpoint)
    if (isOfEarlierLine(checkpoint, { newest, differs, restores })) findEarlierLine(checkpoint, restores, report)
    else if (checkpoint.size > newest.size || checkpoint.restored > newest.restored || differs)
      findDisagreement(checkpoint, { newest, lastGood, report })
    else return true
    return false
  })
  const words = `${count(agreeing.length)} ${agreeing.length === 1 ? 'agrees' : 'agree'}`
  report.note('checkpoints', older.length === 0 ? 'there was none to compare with: keep this one, and compare it next time' : words)
}

/** Whether a checkpoint was signed before a restore, of entries that the restore did not keep. */
function isOfEarlierLine({ size, restored }, { newest, differs, restores }) {
  if (restored >= newest.restored) return false
  const kept = restores.get(restored + 1)?.kept
  return kept === undefined || isGivenUp(restored, restores) ? differs || size > newest.size : size > kept
}

/** Whether the log went on from a copy that knew nothing of this restore: then nothing that was signed after it is in this log, whatever was kept. */
function isGivenUp(restored, restores) {
  const { kept } = restores.get(restored + 1) ?? {}
  const { index = Number.POSITIVE_INFINITY } = restores.get(restored) ?? {}
  return restored > 0 && kept !== undefined && index >= kept
}

function findEarlierLine({ from, size, restored }, restores, report) {
  const find = (words) => report.find('restored', 'restores', 'before_restore', `${capital(from)} ${words}.`, { size })
  if (isGivenUp(restored, restores)) return find(`is of another past, after a restore ${restored} that this log gave up for another copy`)
  const { kept, missing } = restores.get(restored + 1) ?? {}
  const keptWords = kept === undefined ? '' : `, which kept the first ${count(kept)} entries`
  const lostWords = Number.isSafeInteger(missing)
    ? ` and says that ${plural(missing, 'was', 'were')} lost`
    : kept < size
      ? `. By this checkpoint ${plural(size - kept, 'entry was', 'entries were')} lost, or more`
      : ''
  find(`is from before restore ${restored + 1}${keptWords}${lostWords}`)
}

function findDisagreement({ from, size, restored }, { newest, lastGood, report }) {
  const find = (severity, code, words, where = {}) =>
    report.find(severity, 'checkpoints', code, `${capital(from)} ${words}`, { size, ...where })
  if (size > newest.size)
    find(
      'incomplete',
      'behind',
      `has more than this bundle, which has only ${count(newest.size)}. Download the bundle again; if it still is shorter, entries were taken away.`,
    )
  else if (restored > newest.restored)
    find('tampered', 'restore_undone', `counts ${restored} restores, and the newest one only ${newest.restored}.`)
  else
    find(
      'tampered',
      'another_log',
      `is not a beginning of this log: something among entries ${count(lastGood(size))} to ${count(size - 1)} is not what it was then.`,
      { index: lastGood(size) },
    )
}

function lostBy({ missing, outsideSize }) {
  if (!Number.isSafeInteger(missing) && !Number.isSafeInteger(outsideSize)) return 'and nobody could say how many are missing'
  return missing > 0
    ? `${plural(missing, 'entry that was known outside is', 'entries that were known outside are')} missing`
    : 'nothing that was known outside is missing'
}

function judgeRestores({ newest, restores, report }) {
  if (newest.restored === 0 && restores.size === 0) return
  report.made('restores')
  for (let number = 1; number <= Math.min(newest.restored, restores.size + 1); number += 1) {
    const restore = restores.get(number)
    if (restore === undefined)
      report.find(
        'incomplete',
        'restores',
        'not_declared_yet',
        `The checkpoint counts ${newest.restored} restores, and no entry declares restore ${number}.`,
      )
    else {
      report.note(
        'restores',
        `restore ${number}: the first ${plural(restore.kept, 'entry was', 'entries were')} kept, ${lostBy(restore)} (entry ${restore.index})`,
      )
    }
  }
  for (const [number, { index }] of restores)
    if (number > newest.restored)
      report.find(
        'tampered',
        'restores',
        'restore_not_counted',
        `Entry ${index} declares restore ${number}, and the checkpoint counts only ${newest.restored}.`,
        { index },
      )
}

// ---------------------------------------------------------------------------------------------------------------------------------
// A whole bundle

/** Compares the hashes of the entries with the published tiles, tile by tile. */
function createTileCheck(bundle, size, report) {
  const rows = []
  let differing = 0
  const compare = (level, number, computed, width = computed.length / hashLength) => {
    const name = tilePath(level, number, width)
    const tile = bundle.read(name, largest.tile)
    if (tile === null) return report.find('incomplete', 'tiles', 'missing_file', `The bundle lacks "${name}".`)
    if (tile.length === width * hashLength && tile.subarray(0, computed.length).equals(computed)) return
    differing += 1
    const index = (number * tileWidth + sameHashes(tile, computed)) * tileWidth ** level
    const words =
      level === 0
        ? `Entry ${index} is not the one whose hash was published.`
        : `"${name}" is not made of the hashes below it, from entry ${index} on.`
    report.find('tampered', 'tiles', 'tile_differs', words, { index })
  }
  return {
    rise: (level, hash) => {
      rows[level] ??= { bytes: Buffer.alloc(largest.tile), filled: 0, number: 0 }
      const row = rows[level]
      hash.copy(row.bytes, row.filled)
      row.filled += hashLength
      if (row.filled < row.bytes.length) return
      compare(level, row.number, row.bytes)
      row.number += 1
      row.filled = 0
    },
    finish: () => {
      report.made('tiles')
      rows.forEach((row, level) => row.filled > 0 && compare(level, row.number, row.bytes.subarray(0, row.filled)))
    },
    /** Where the entries break off: the hashes of those that could be read. */
    finishEarly: () => {
      report.made('tiles')
      const row = rows[0]
      if (row !== undefined && row.filled > 0) compare(0, row.number, row.bytes.subarray(0, row.filled), widthOfTile(size, 0, row.number))
    },
    differing: () => differing,
    /**
     * The root that the first published leaf hashes give; null where one is missing. For telling a changed entry from a changed tile, and for a
     * size of which there is no checkpoint.
     */
    rootOfTiles: (upTo = size) => {
      const tree = createTree()
      for (let number = 0; number * tileWidth < upTo; number += 1) {
        const width = widthOfTile(size, 0, number)
        const tile = bundle.read(tilePath(0, number, width), largest.tile)
        if (tile?.length !== width * hashLength) return null
        for (let place = 0; place < Math.min(width, upTo - number * tileWidth); place += 1)
          tree.append(tile.subarray(place * hashLength, (place + 1) * hashLength))
      }
      return tree.root()
    },
  }
}

/** How many hashes two tiles have in common from the beginning. */
function sameHashes(tile, computed) {
  let place = 0
  const hashAt = (bytes) => bytes.subarray(place * hashLength, (place + 1) * hashLength)
  while (place * hashLength < computed.length && hashAt(tile).equals(hashAt(computed))) place += 1
  return place
}

function readOpenings(bundle) {
  const bytes = bundle.read('openings.jsonl', largest.openings)
  const openings = new Map()
  if (bytes === null) return openings
  let text
  try {
    text = strictUtf8.decode(bytes)
  } catch {
    throw new Unusable('malformed_openings', 'openings.jsonl is not UTF-8 text.')
  }
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '') continue
    const opening = parsed(line)
    const others = isOpening(opening) ? (openings.get(opening.entry) ?? []) : null
    if (others === null || others.some(({ field }) => field === opening.field))
      throw new Unusable('malformed_openings', `Line ${at + 1} of openings.jsonl cannot be read.`)
    openings.set(opening.entry, [...others, { ...opening }])
  }
  return openings
}

/** What an entry can commit to: what was raised, and who somebody is. The salt has 256 bits, in the one way to write them. */
const openable = new Set(['commitment', 'who'])
function isOpening(value) {
  if (!isRecord(value) || Object.keys(value).sort().join() !== 'content,entry,field,salt') return false
  const { entry, field, content, salt } = value
  const bytes = typeof salt === 'string' ? Buffer.from(salt, 'base64url') : null
  return isUuid(entry) && openable.has(field) && typeof content === 'string' && bytes?.length === 32 && bytes.toString('base64url') === salt
}

function checkFiles(bundle, size, report) {
  report.made('files')
  for (const name of bundle.names()) {
    if (belongs(name, size)) continue
    report.find(
      'unusable',
      'files',
      'unknown_file',
      `"${printable(name)}" is no part of a bundle of ${count(size)} entries. Take it away, or download the bundle again.`,
    )
  }
}

/** Reads every entry once: tree, tiles, older roots and the entries' own rules in one walk. */
function walkBundle({ bundle, newest, checkpoints, report, judge }) {
  const tiles = createTileCheck(bundle, newest.size, report)
  const tree = createTree(tiles.rise)
  const differing = new Set()
  const agreed = [0]
  let next = 0
  const compareRoots = (size) => {
    for (; next < checkpoints.length && checkpoints[next].size <= size; next += 1) {
      if (checkpoints[next].size !== size || tree.root().equals(checkpoints[next].root)) agreed.push(checkpoints[next].size)
      else differing.add(checkpoints[next])
    }
  }
  compareRoots(0)
  const walked = walkEntries(bundle, newest.size, (index, bytes, leaf) => {
    tree.append(leaf)
    judge.take(index, bytes, leaf)
    if (next < checkpoints.length && checkpoints[next].size === index + 1) compareRoots(index + 1)
  })
  const whole = walked.reached === newest.size && walked.broken === undefined
  if (walked.missing !== undefined)
    report.find(
      'incomplete',
      'files',
      'missing_file',
      `The bundle lacks "${walked.missing}": entries from ${count(walked.reached)} on could not be read.`,
      { index: walked.reached },
    )
  if (walked.broken !== undefined)
    report.find(
      'tampered',
      'entries',
      'bundle_broken',
      `"${walked.broken}" is broken off or has too much in it, at entry ${walked.reached}.`,
      { index: walked.reached },
    )
  if (whole) tiles.finish()
  else tiles.finishEarly()
  const lastGood = (size) => agreed.findLast((each) => each < size) ?? 0
  return { root: tree.root(), walked, whole, tiles, differing, lastGood }
}

function judgeRoot({ root, whole, tiles, lastGood }, newest, report) {
  if (!whole) return
  report.made('root')
  if (root.equals(newest.root)) {
    if (tiles.differing() > 0) report.note('root', 'the entries are whole: it is the published tiles that were changed')
    return
  }
  const named = tiles.differing() > 0 && tiles.rootOfTiles()?.equals(newest.root) === true
  const from = lastGood(newest.size)
  report.find(
    'tampered',
    'root',
    'wrong_root',
    named
      ? 'The entries do not give the root that was signed. The published hashes do: the entries named under them were changed.'
      : `The entries do not give the root that was signed: something among entries ${count(from)} to ${count(newest.size - 1)} was changed, added or taken away.`,
    named ? {} : { index: from },
  )
}

/** Names that are not there were destroyed at the end of their time, or kept from whoever took the bundle: neither is a fault. */
function noteOpenings({ report, opened, committed, names }) {
  const kept = committed === 0 ? '' : `; ${count(names.size)} people are named, and ${count(committed)} entries commit to a name`
  report.note('openings', `${count(opened)} opened${kept}`)
}

/** Findings that know only an entry's place get its id, so that it can be found in the service, and whom it is about where the bundle opens that. */
function nameEntries(bundle, size, report, names) {
  const unnamed = report.findings.filter(({ id, index }) => (id === undefined || names.size > 0) && index !== undefined && index < size)
  for (const finding of unnamed) {
    const entry = entryAt(bundle, size, finding.index)
    if (typeof entry?.id === 'string') finding.id = printable(entry.id)
    const aliases = [...new Set([entry?.actor?.alias, entry?.fields?.person])].filter((alias) => names.has(alias))
    if (aliases.length > 0) finding.people = aliases.map((alias) => ({ alias, name: plainName(names.get(alias)) }))
  }
}

/** What the text at this place reads as; undefined where there is none. */
function entryAt(bundle, size, index) {
  const number = Math.floor(index / tileWidth)
  const bytes = bundle.read(tilePath('entries', number, widthOfTile(size, 'entries', number)), largest.entries)
  let at = 0
  for (let place = number * tileWidth; bytes !== null && place < index && at + 2 <= bytes.length; place += 1)
    at += 2 + bytes.readUInt16BE(at)
  return bytes === null || at + 2 > bytes.length ? undefined : parsed(bytes.toString('utf8', at + 2, at + 2 + bytes.readUInt16BE(at)))
}

/**
 * Verifies a bundle. `keys` and `witnesses` as `readVerifierKey` gives them, `checkpoints` as file names. Answers with the verdict and
 * everything it rests on; throws `Unusable` for what cannot be read.
 */
export function verifyBundle(given) {
  return examine(given).result
}

/** The verdict, and the state of the judge it rests on; none where the newest checkpoint does not hold. */
function examine({ file, keys, witnesses = [], checkpoints: kept = [], speed = false, draw = null }) {
  const began = performance.now()
  const report = createReport()
  const bundle = openBundle(file)
  try {
    const newest = judgeNewest(bundle, keys, report)
    if (newest === null)
      return {
        result: answer({ report, began, newest: readCheckpoint(bundle.read('checkpoint', largest.note)) }),
        state: null,
        samples: [],
      }
    judgeWitnesses({ bundle, newest, kept, witnesses, report })
    checkFiles(bundle, newest.size, report)
    const openings = readOpenings(bundle)
    if (openings.size > 0) report.made('openings')
    const checkpoints = gatherCheckpoints({ bundle, newest, keys, kept, report })
    const judge = createJudge(report, openings)
    const walk = walkBundle({ bundle, newest, checkpoints, report, judge })
    judgeRoot(walk, newest, report)
    judge.finish()
    judgeRestores({ newest, restores: judge.state.restores, report })
    tellKeys({ checkpoints, keys, announced: judge.state.announced, report })
    judgeDisagreements({ newest, checkpoints, restores: judge.state.restores, report, ...walk })
    const drawnAgain = finishSamples({ state: judge.state, newest, checkpoints, draw, ...walk })
    if (openings.size > 0) noteOpenings(judge.state)
    nameEntries(bundle, newest.size, report, judge.state.names)
    // Those that were brought, in the order of their sizes: what stands in the minutes of their days
    const brought = checkpoints.filter((each) => each.brought).map(({ size, root }) => ({ size, fingerprint: fingerprintOf(root) }))
    const compared = checkpoints.length - 1
    const { state } = judge
    const result = answer({ report, began, newest, state, reached: walk.walked.reached, compared, kept: brought, speed })
    return { result, state, ...drawnAgain }
  } finally {
    bundle.close()
  }
}

const verdicts = ['whole', 'tampered', 'unusable', 'incomplete', 'restored']

function answer({ report, began, newest, state, reached = 0, compared = 0, kept = [], speed = false }) {
  const exitCode = report.exitCode()
  const seconds = (performance.now() - began) / 1000
  const findings = [...report.findings].sort(
    (a, b) => gravest.indexOf(a.severity) - gravest.indexOf(b.severity) || (a.index ?? Infinity) - (b.index ?? Infinity),
  )
  const checks = report.checks()
  return {
    verdict: verdicts[exitCode],
    exitCode,
    log: newest.origin,
    size: newest.size,
    root: newest.root.toString('base64'),
    fingerprint: fingerprintOf(newest.root),
    kept,
    restored: newest.restored,
    newestStaffEntry:
      state === undefined || state.newestAt === Number.NEGATIVE_INFINITY
        ? null
        : new Date(state.newestAt * 1000).toISOString().replace('.000', ''),
    newestReporterDay: state === undefined || state.newestOn === Number.NEGATIVE_INFINITY ? null : dayText(state.newestOn),
    checked: reached,
    checkpointsCompared: compared,
    checks,
    findings: findings.map(({ severity, check, code, message, index, id, size, people }) => ({
      ...{ severity, check, code, message, index, id, size },
      ...(people && { people }),
    })),
    findingsInAll: Object.values(report.counts).reduce((sum, number) => sum + number, 0),
    counts:
      state === undefined
        ? {}
        : {
            ...state.lanes,
            concerns: state.concerns.count,
            people: state.people.size,
            kinds: Object.fromEntries([...state.byKind].sort()),
          },
    seconds: Number(seconds.toFixed(3)),
    entriesPerSecond: seconds > 0 ? Math.round(reached / seconds) : 0,
    ...(speed && { speed: rawSpeed(reached, seconds) }),
  }
}

/** What the machine hashes at best in this same run, as a measure for the time that the verification took. */
function rawSpeed(entries, seconds) {
  const entry = crypto.randomBytes(420)
  const began = performance.now()
  let hashes = 0
  while (performance.now() - began < 500) for (let more = 0; more < 1000; more += 1, hashes += 1) sha256(entry)
  const perSecond = (hashes * 1000) / (performance.now() - began)
  const peakMegabytes = Math.round(peakKilobytes() / 1024)
  // One hash for each entry and one for each node above: that much cannot be saved
  return { rawHashesPerSecond: Math.round(perSecond), peakMegabytes, shareOfTime: Number(((2 * entries) / perSecond / seconds).toFixed(3)) }
}

/** Its own, where the system says it: `maxRSS` begins with the size of whatever started this program (getrusage(2) on Linux). */
function peakKilobytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// One entry, two bundles

/** Verifies that one entry stands in the log that a checkpoint is of. */
export function verifyProof({ proof: proofFile, entry: entryFile, keys, witnesses = [] }) {
  const { checkpoint, index, hashes } = readProof(readFileOf(proofFile, largest.note, 'a proof'))
  const raw = readFileOf(entryFile, 0x10000, 'an entry')
  const bytes = raw.at(-1) === 10 ? raw.subarray(0, -1) : raw
  const { bad } = judgeProofSignatures(checkpoint, keys)
  const { fault: wrong, entry } = readEntry(bytes)
  const faults = [
    ...bad.map(() => ['wrong_signature', 'The checkpoint in the proof carries a signature that does not hold.']),
    ...(wrong === undefined ? [] : [[wrong.code, `The entry ${wrong.message}.`]]),
    ...(inclusionHolds(index, checkpoint.size, leafHash(bytes), hashes, checkpoint.root)
      ? []
      : [['not_in_the_log', `This text is not entry ${index} of the log.`]]),
  ]
  const findings = faults.map(([code, message]) => ({ severity: 'tampered', check: 'proof', code, message, index, id: entry?.id }))
  const exitCode = findings.length > 0 ? 1 : 0
  const seen = judgeSignatures(checkpoint, witnesses).good.map(({ key }) => key.name)
  const { id = null, kind = null } = entry ?? {}
  return {
    verdict: verdicts[exitCode],
    exitCode,
    log: checkpoint.origin,
    size: checkpoint.size,
    index,
    id,
    kind,
    witnesses: seen,
    findings,
  }
}

function judgeProofSignatures(checkpoint, keys) {
  const own = keys.filter(({ name, witness }) => name === checkpoint.origin && !witness)
  if (own.length === 0)
    throw new Unusable(
      'wrong_origin',
      `The proof is of the log "${printable(checkpoint.origin)}", and none of the keys you gave is that log's.`,
    )
  const judged = judgeSignatures(checkpoint, own)
  if (judged.good.length + judged.bad.length === 0)
    throw new Unusable('unknown_key', 'The checkpoint in the proof is not signed by the key you gave.')
  return judged
}

// ---------------------------------------------------------------------------------------------------------------------------------
// A reporter's proof of raising

const mostParts = 100
const receiptCode = 'malformed_receipt'
/** Parts that every such proof shows. */
const leastParts = ['raisedOn', 'readers']

/** Verifies what a person keeps who raised a concern: that its words are those the log committed to on that day, and that the log has the entry. */
export function verifyReceipt({ file, keys, witnesses = [] }) {
  const given = readReceipt(readFileOf(file, largest.openings, 'a proof of raising'))
  const findings = []
  const find = (code, message, severity = 'tampered') => findings.push({ severity, check: 'receipt', code, message })
  const bytes = Buffer.from(given.entry)
  const { fault: wrong, entry } = readEntry(bytes)
  if (wrong !== undefined) find(wrong.code, `The entry ${wrong.message}.`, wrong.severity)
  else if (entry.kind !== 'concern_raised')
    find('another_kind', `The entry is "${printable(entry.kind)}", not of a concern that was raised.`)
  else judgeOpening(given, entry, find)
  const place = given.proof === null ? null : judgeReceiptProof({ proof: given.proof, bytes, keys, witnesses }, find)
  if (place === null)
    find(
      'not_in_the_log_yet',
      'There is no proof in it yet that the log has the entry. Get it again, a day later, with your code.',
      'incomplete',
    )
  const gravestOf = gravest.find((severity) => findings.some((finding) => finding.severity === severity))
  const exitCode = exits[gravestOf] ?? 0
  const opened = Object.fromEntries([...given.parts].flatMap(([name, { text }]) => (text === null ? [] : [[name, parsed(text)]])))
  return {
    verdict: verdicts[exitCode],
    exitCode,
    ...place,
    id: entry?.id ?? null,
    on: entry?.on ?? null,
    kept: given.parts.size,
    shown: opened,
    findings,
  }
}

function judgeOpening({ list, salt, parts, receipt }, entry, find) {
  const committed = entry.fields.commitment
  if (sha256(encodePieces('commitment', salt, Buffer.from(list))).toString('base64url') !== committed)
    find('wrong_opening', 'What is shown is not what the entry committed to.')
  if (receipt !== null && (receipt.concern !== entry.concern || receipt.commitment !== committed))
    find('another_receipt', 'The receipt is of another concern than the entry.')
  for (const [name, part] of parts) if (!partHolds(name, part)) find('wrong_part', `"${printable(name)}" is not what was committed to.`)
  const raisedOn = parsed(parts.get('raisedOn')?.text ?? '')
  if (typeof raisedOn !== 'string' || Number.isNaN(readDay(raisedOn)) || readDay(raisedOn) > readDay(entry.on))
    find('wrong_day', 'The day it was raised does not fit the day of its entry.')
}

const partHolds = (name, { digest, salt, text }) =>
  text === null || sha256(encodePieces('part', salt, name, text)).toString('hex') === digest

function judgeReceiptProof({ proof, bytes, keys, witnesses }, find) {
  const { checkpoint, index, hashes } = readProof(Buffer.from(proof))
  for (const _each of judgeProofSignatures(checkpoint, keys).bad)
    find('wrong_signature', 'The checkpoint in the proof carries a signature that does not hold.')
  if (!inclusionHolds(index, checkpoint.size, leafHash(bytes), hashes, checkpoint.root))
    find('not_in_the_log', `This text is not entry ${index} of the log.`)
  const seen = judgeSignatures(checkpoint, witnesses).good.map(({ key }) => key.name)
  return { log: checkpoint.origin, size: checkpoint.size, index, witnesses: seen }
}

/** Two ways to open: part by part, as the service hands it out, or with the receipt of the raising answer and all that was said. */
function readReceipt(bytes) {
  const given = parsed(bytes.toString('utf8'))
  if (readReceiptText(bytes.toString('utf8').trim()) !== null)
    throw new Unusable(
      receiptCode,
      'This is the receipt alone. Put it into the file that POST /api/v1/inbox/proof answers with, as "receipt", beside "content" with all that was said; or use that file as it is.',
    )
  if (
    !isRecord(given) ||
    given.format !== 'forthright-proof-of-raising/1' ||
    typeof given.entry !== 'string' ||
    given.entry.length > 0xffff
  )
    throw new Unusable(receiptCode, 'It is no proof of raising.')
  if (given.proof !== null && given.proof !== undefined && typeof given.proof !== 'string')
    throw new Unusable(receiptCode, 'Its proof cannot be read.')
  const opening = given.receipt === undefined ? readOpening(given.opening) : readWithReceipt(given)
  if (leastParts.some((name) => typeof opening.parts.get(name)?.text !== 'string'))
    throw new Unusable(receiptCode, 'It shows neither day nor readers.')
  return { entry: given.entry, proof: given.proof ?? null, ...opening }
}

function readOpening(opening) {
  const sound = isRecord(opening) && typeof opening.list === 'string' && isRecord(opening.shown) && opening.list.length < 100 * mostParts
  const lines = sound ? opening.list.split('\n').slice(0, -1) : []
  const salt = sound ? readSalt(opening.salt) : null
  const digests = lines.map((line) => /^([A-Za-z]{1,40}) ([0-9a-f]{64})$/.exec(line))
  const names = digests.map((match) => match?.[1])
  if (salt === null || lines.length > mostParts || names.includes(undefined) || names.some((name, at) => at > 0 && name <= names[at - 1]))
    throw new Unusable(receiptCode, 'What opens it cannot be read.')
  if (Object.keys(opening.shown).some((name) => !names.includes(name)))
    throw new Unusable(receiptCode, 'It shows something that it does not list.')
  return {
    list: opening.list,
    salt,
    receipt: null,
    parts: new Map(digests.map(([, name, digest]) => [name, readPart(digest, ownOf(opening.shown, name))])),
  }
}

const ownOf = (record, name) => (Object.hasOwn(record, name) ? record[name] : undefined)

function readPart(digest, part) {
  if (part === undefined) return { digest, salt: null, text: null }
  const salt = isRecord(part) ? readSalt(part.salt) : null
  if (salt === null || part.value === undefined) throw new Unusable(receiptCode, 'One of the parts that it shows cannot be read.')
  return { digest, salt, text: canonical(part.value) }
}

function readWithReceipt({ receipt: text, content }) {
  const receipt = readReceiptText(text)
  if (receipt === null || !isRecord(content) || Object.keys(content).length > mostParts)
    throw new Unusable(receiptCode, 'Its receipt, or the content beside it, cannot be read.')
  const salted = (purpose, value) =>
    crypto
      .createHmac('sha256', receipt.salt)
      .update(encodePieces('hash', purpose, value))
      .digest()
  const parts = new Map(
    Object.keys(content)
      .sort()
      .map((name) => {
        const [salt, value] = [salted('salt of part', name), canonical(content[name])]
        return [name, { salt, text: value, digest: sha256(encodePieces('part', salt, name, value)).toString('hex') }]
      }),
  )
  const list = [...parts].map(([name, { digest }]) => `${name} ${digest}\n`).join('')
  return { list, salt: salted('salt of list', ''), receipt, parts }
}

/** The text that POST /api/v1/concerns answers with as `receipt`; null for anything else. */
function readReceiptText(text) {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]{100,2000}$/.test(text)) return null
  const receipt = parsed(Buffer.from(text, 'base64url').toString('utf8'))
  const salt = isRecord(receipt) && receipt.format === 'forthright-receipt/1' ? readSalt(receipt.salt) : null
  return salt === null ? null : { ...receipt, salt }
}

function readSalt(text) {
  const salt = typeof text === 'string' ? Buffer.from(text, 'base64url') : null
  return salt?.length === hashLength && salt.toString('base64url') === text ? salt : null
}

/** RFC 8785 for what JSON.parse gives: members by UTF-16 code units. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
  return `{${members.join(',')}}`
}

/** Verifies both bundles, and that the smaller is the beginning of the larger; names the first entry that differs, and what is new. */
export function compareBundles({ older, newer, keys, witnesses = [] }) {
  const both = [older, newer].map((file) => ({ file, ...verifyBundle({ file, keys, witnesses }) })).sort((a, b) => a.size - b.size)
  const [first, second] = both
  const findings = both.flatMap((each) =>
    each.findings.map((finding) => ({ ...finding, message: `${path.basename(each.file)}: ${finding.message}` })),
  )
  if (first.log !== second.log) throw new Unusable('wrong_origin', 'The two bundles are of different logs.')
  const { differs, added, id } = compareEntries(first, second)
  if (differs !== null) findings.push(differenceAt(Number(differs), id, second.restored > first.restored))
  const gravestOf = gravest.find((severity) => findings.some((finding) => finding.severity === severity))
  const exitCode = exits[gravestOf] ?? 0
  return {
    verdict: verdicts[exitCode],
    exitCode,
    log: first.log,
    sizes: [first.size, second.size],
    firstDifference: differs,
    added,
    findings,
  }
}

function differenceAt(index, id, restored) {
  return restored
    ? {
        severity: 'restored',
        check: 'diff',
        code: 'before_restore',
        message: `From entry ${index} on the two differ, and a restore was declared between them.`,
        index,
        id,
      }
    : { severity: 'tampered', check: 'diff', code: 'another_log', message: `Entry ${index} is not the same in both.`, index, id }
}

function compareEntries(first, second) {
  const [a, b] = [openBundle(first.file), openBundle(second.file)]
  const leaves = Buffer.alloc(first.checked * hashLength)
  const result = { differs: null, id: undefined, added: {} }
  try {
    walkEntries(a, first.size, (index, _bytes, leaf) => leaves.set(leaf, index * hashLength))
    walkEntries(b, second.size, (index, bytes, leaf) => {
      if (index < first.size) {
        if (result.differs !== null || leaf.equals(leaves.subarray(index * hashLength, (index + 1) * hashLength))) return
        result.differs = index
        result.id = readEntry(bytes).entry?.id
        return
      }
      const kind = readEntry(bytes).entry?.kind ?? 'unreadable'
      result.added[kind] = (result.added[kind] ?? 0) + 1
    })
    return result
  } finally {
    a.close()
    b.close()
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Samples that auditors drew

/** Local figures of the product, as it states them: no rule sets them. `digits` and `earlierDigits`: of what was fixed before, and of what was not. */
const sampleLimits = {
  ...{ days: 28, population: 8, oneIn: 4, most: 20, yearInSeconds: 365 * secondsADay, digits: 30, earlierDigits: 12 },
  ...{ revealWithinDays: 14, answerWithinDays: 60 },
}
const sampleKinds = new Set(['sample_fixed', 'sample_drawn', 'sample_unlocked', 'sample_refused', 'sample_viewed'])
/** So that no log, whoever wrote it, takes for ever: samples, what was done with them, and aliases that are scored for all of them together. */
const mostSamples = 5000
const mostSampleActs = 100_000
const mostScored = 20_000_000
/** Sizes of which there is no checkpoint, and whose root is reckoned all the same. */
const mostUnpublished = 8
/** One text may be looked at many times; what is compared with each other stays few. */
const mostActs = 200
const actKey = ({ fields, concern }) => `${fields.sample} ${concern}`
const linesHash = (...lines) => sha256(Buffer.from(lines.map((line) => `${line}\n`).join(''))).toString('hex')
const commitmentOf = (numbers) => linesHash('forthright-sample-numbers/1', numbers)
const numbersShape = /^[0-9]+(?: [0-9]+)*$/

function keepSample({ samples }, { id, kind, fields, concern, actor }, { index, at }) {
  const list = kind === 'sample_fixed' ? samples.fixed : kind === 'sample_drawn' ? samples.draws : samples.acts
  if (list.length < (list === samples.acts ? mostSampleActs : mostSamples)) list.push({ index, id, kind, fields, concern, actor, at })
  else samples.left += 1
}

/** Concerns in the order of their raising: what samples are drawn from. */
function raisedIn({ concerns }) {
  const raised = []
  for (let row = 0; row < concerns.count; row += 1)
    if (concerns.raisedIndex[row] > 0)
      raised.push({ index: concerns.raisedIndex[row] - 1, on: concerns.raisedOn[row], concern: uuidAt(concerns, row) })
  return raised
}

/**
 * The `count` concerns of lowest score among those raised in these days in the first `size` entries. `fixed`: the entry that fixed the draw; none
 * for one of an earlier release.
 */
function drawAgain({ size, root, from, to, fixed, numbers, count: wanted }, raised) {
  const [first, last] = [readDay(from), readDay(to)]
  const among = new Set(raised.filter(({ index, on }) => index < size && on >= first && on <= last).map(({ concern }) => concern))
  const seed =
    fixed === undefined
      ? linesHash('forthright-sample/1', size, root, from, to, numbers)
      : linesHash('forthright-sample/2', size, root, from, to, fixed, numbers)
  const scored = [...among].map((alias) => ({ alias, score: linesHash(seed, alias) }))
  const drawn = scored.sort((a, b) => (a.score < b.score ? -1 : 1)).slice(0, wanted)
  return { seed, population: scored.length, among, drawn }
}

/** Draws every sample of a log again, and one by hand where it was asked for. Without all entries nothing can be drawn. */
function finishSamples({ state, newest, checkpoints, differing, whole, tiles, draw }) {
  const { report, samples } = state
  const some = [samples.fixed, samples.draws, samples.acts].some((list) => list.length > 0)
  if (!whole && draw !== null) throw new Unusable('future_size', 'Not all entries could be read, so nothing can be drawn.')
  if (!whole) {
    if (some) report.find('incomplete', 'samples', 'not_drawn_again', 'Not all entries could be read, so no sample could be drawn again.')
    return { samples: [], neverDrawn: [] }
  }
  const find = ({ index, id }, code, message, severity = 'tampered') =>
    report.find(severity, 'samples', code, `Entry ${index} ${message}.`, { index, id })
  const covering = checkpoints.filter((each) => each.size <= newest.size && !differing.has(each))
  const context = {
    ...{ state, find, covering, settledAt: state.newestAt - orderSlack, rootAt: createRoots(covering, tiles) },
    raised: some || draw !== null ? raisedIn(state) : [],
    fixed: new Map(),
    again: new Map(),
    lately: new Map(),
    budget: mostScored,
  }
  if (some) judgeSamples(context)
  return {
    samples: samples.draws.map((entry) => toldDraw(entry, context)),
    neverDrawn: neverDrawn(context),
    ...(draw !== null && { byHand: drawByHand(draw, newest, context) }),
  }
}

function judgeSamples(context) {
  const { state } = context
  const { report, samples } = state
  report.made('samples')
  if (samples.left > 0)
    report.find(
      'unusable',
      'samples',
      'too_many',
      `${plural(samples.left, 'entry', 'entries')} about samples are more than this program compares.`,
    )
  const byTime = (a, b) => a.at - b.at || a.index - b.index
  for (const entry of samples.fixed.sort(byTime)) judgeFixed(entry, context)
  for (const entry of samples.draws.sort(byTime)) judgeDraw(entry, context)
  const together = byDrawnConcern(samples.acts)
  for (const act of samples.acts) judgeSampleAct(act, { ...context, same: together.get(actKey(act)) })
  const [left, weaker] = [neverDrawn(context), samples.draws.filter(({ fields }) => fields.fixed === undefined)]
  const places = (list) =>
    `${list.length === 1 ? 'entry' : 'entries'} ${list
      .slice(0, 20)
      .map(({ index }) => index)
      .join(', ')}${list.length > 20 ? ', …' : ''}`
  report.note('samples', `${count(samples.draws.length)} drawn again`)
  for (const [standing, words] of [
    ['lapsed', 'fixed and never drawn'],
    ['waiting', 'fixed and not drawn yet'],
  ]) {
    const list = left.filter((each) => each.state === standing)
    if (list.length > 0) report.note('samples', `${count(list.length)} ${words}: ${places(list)}`)
  }
  if (weaker.length > 0)
    report.note('samples', `${count(weaker.length)} of the earlier, weaker kind, by numbers that were not fixed before: ${places(weaker)}`)
  if (samples.draws.some(({ fields }) => fields.fixed !== undefined))
    report.note('samples', 'that each was drawn from the first checkpoint after it was fixed is known as far as the checkpoints here show')
}

/** Roots at sizes, each reckoned once: of a checkpoint that agrees with the entries, else from the published hashes. */
function createRoots(covering, tiles) {
  const published = new Map(covering.map(({ size, root }) => [size, root.toString('base64')]))
  const reckoned = new Map()
  return (size) => {
    if (published.has(size)) return { root: published.get(size), published: true }
    if (!reckoned.has(size) && reckoned.size < mostUnpublished) reckoned.set(size, tiles.rootOfTiles(size)?.toString('base64') ?? null)
    return { root: reckoned.get(size) ?? null, published: false }
  }
}

function byDrawnConcern(acts) {
  const together = new Map()
  for (const act of acts) {
    const same = together.get(actKey(act))
    if (same === undefined) together.set(actKey(act), [act])
    else if (same.length < mostActs) same.push(act)
  }
  return together
}

function judgeFixed(entry, { fixed, find }) {
  const { sample, from, to, count: wanted, commitment } = entry.fields
  const sound =
    isUuid(sample ?? '') &&
    ![from, to].some((day) => Number.isNaN(readDay(day))) &&
    Number.isSafeInteger(wanted) &&
    /^[0-9a-f]{64}$/.test(commitment)
  if (!sound) return find(entry, 'wrong_shape', 'does not say which draw it fixes')
  if (entry.actor.role !== 'auditor') find(entry, 'wrong_role', 'fixes a draw and is no auditor’s')
  const twin = [...fixed.values()].find((other) => other.fields.sample === sample || other.fields.commitment === commitment)
  if (twin !== undefined)
    find(entry, 'fixed_twice', `fixes what entry ${twin.index} had fixed: numbers that may be known by then fix nothing`)
  fixed.set(entry.id, entry)
}

function judgeDraw(entry, context) {
  const { raised, again, find } = context
  const { fields, index, actor } = entry
  const wrong = faultOfDraw(entry)
  if (wrong !== null) return find(entry, 'wrong_shape', wrong)
  if (actor.role !== 'auditor') find(entry, 'wrong_role', 'draws a sample and is no auditor’s')
  if (fields.size > index) find(entry, 'draws_itself', `draws from a checkpoint of ${fields.size} entries, which came later`)
  judgeBase(entry, context)
  const before = fields.fixed === undefined ? null : judgeRevealed(entry, context)
  context.budget -= raised.length
  if (context.budget < 0) return find(entry, 'too_many', 'draws from more concerns than this program draws again', 'unusable')
  const { among, drawn, population } = drawAgain(fields, raised)
  const aliases = drawn.map(({ alias }) => alias)
  if (fields.population !== population)
    find(entry, 'wrong_population', `says that it drew from ${printable(fields.population)} concerns, and there were ${population}`)
  if (fields.drawn.join() !== aliases.join())
    find(entry, 'wrong_draw', 'names other concerns than its numbers give: somebody chose, or the entry was changed')
  for (const [code, message] of outsideLimits(entry, before ?? entry, population)) find(entry, code, message)
  judgeShare(entry, among, population, context)
  if (again.has(fields.sample)) find(entry, 'drawn_twice', 'has the number of an earlier sample: what was fixed is drawn once')
  else again.set(fields.sample, entry)
}

/** All samples of a year together may not draw more than half of the same concerns. */
function judgeShare(entry, among, population, { lately, find }) {
  for (const alias of entry.fields.drawn) lately.set(alias, entry.at)
  let seen = 0
  for (const alias of among) if (entry.at - (lately.get(alias) ?? Number.NEGATIVE_INFINITY) <= sampleLimits.yearInSeconds) seen += 1
  if (seen * 2 > population) find(entry, 'half_drawn', 'is one of several in a year that drew more than half of the same concerns')
}

function judgeBase(entry, { rootAt, find }) {
  const { root, size } = entry.fields
  const base = rootAt(size)
  if (base.root !== null && base.root !== root)
    find(entry, 'wrong_checkpoint', `draws from a root that the log of ${size} entries never had`)
  else if (!base.published)
    find(entry, 'checkpoint_missing', `draws from the checkpoint of ${size} entries, which this bundle does not have`, 'incomplete')
}

/** What was fixed before: by the same auditor, for the same days and as many, with these numbers, and drawn from the first checkpoint after it. */
function judgeRevealed(entry, { fixed, covering, find }) {
  const { fields, at } = entry
  const before = fixed.get(fields.fixed)
  if (before === undefined || before.index > entry.index) {
    find(entry, 'not_fixed', 'draws what no earlier entry fixed')
    return null
  }
  const same = ['sample', 'from', 'to', 'count'].every((name) => fields[name] === before.fields[name])
  if (!same || before.actor.alias !== entry.actor.alias)
    find(entry, 'fixed_otherwise', `draws something else than entry ${before.index} fixed`)
  if (commitmentOf(fields.numbers) !== before.fields.commitment)
    find(entry, 'other_numbers', `draws by other numbers than those that entry ${before.index} was fixed with`)
  if (fields.size <= before.index)
    find(entry, 'known_checkpoint', `draws from a checkpoint that was known when entry ${before.index} fixed it`)
  // One that no given key signed may have been slipped into the bundle
  const first = covering.find(({ size, signedBy }) => size > before.index && signedBy.length > 0)
  if (first !== undefined && first.size < fields.size)
    find(entry, 'later_checkpoint', `draws from the checkpoint of ${fields.size} entries, and ${first.from} came first`)
  if (at < before.at) find(entry, 'before_fixed', `is earlier than entry ${before.index}, which fixed it`)
  if (londonDay(at) > londonDay(before.at) + sampleLimits.revealWithinDays)
    find(entry, 'lapsed', `draws what had lapsed: more than ${sampleLimits.revealWithinDays} days had passed`)
  return before
}

function faultOfDraw({ fields }) {
  const { from, to, numbers, count: wanted, drawn, fixed } = fields
  if (!isDrawnFrom(fields) || Number.isNaN(readDay(from)) || Number.isNaN(readDay(to))) return 'does not say what its sample was drawn from'
  if (fixed !== undefined && !isUuid(fixed)) return 'does not say which entry fixed it'
  if (typeof numbers !== 'string' || !numbersShape.test(numbers)) return 'does not say by which numbers its sample was drawn'
  return Number.isSafeInteger(wanted) && Array.isArray(drawn) && drawn.length === wanted
    ? null
    : 'does not name as many concerns as it drew'
}

const isDrawnFrom = ({ size, root, sample }) =>
  Number.isSafeInteger(size) && size > 0 && typeof root === 'string' && fromBase64(root)?.length === hashLength && isUuid(sample ?? '')

/** `decided`: the entry with which period and number were settled. */
function outsideLimits({ fields }, decided, population) {
  const { from, to, count: wanted, numbers, fixed } = fields
  const [first, last] = [readDay(from), readDay(to)]
  const digits = fixed === undefined ? sampleLimits.earlierDigits : sampleLimits.digits
  return [
    ...(last - first + 1 < sampleLimits.days ? [['short_period', `draws from fewer than ${sampleLimits.days} days`]] : []),
    ...(last >= londonDay(decided.at) ? [['open_day', 'draws from a day that was not over']] : []),
    ...(numbers.replaceAll(' ', '').length < digits ? [['few_numbers', 'was drawn by too few numbers']] : []),
    ...(population < sampleLimits.population || wanted > Math.min(sampleLimits.most, Math.floor(population / sampleLimits.oneIn))
      ? [['large_share', 'draws more concerns than a sample may']]
      : []),
  ]
}

/** What became of a drawn concern: unlocked or refused once, by somebody else than who drew it; read by who drew it, in its time. */
function judgeSampleAct(act, context) {
  const { again, same, settledAt, state, find } = context
  const { fields, concern, kind, actor, at } = act
  const draw = again.get(fields.sample)
  if (draw === undefined || !draw.fields.drawn.includes(concern)) {
    if (draw !== undefined || at <= settledAt) find(act, 'not_drawn', 'is of a concern that was not drawn for that sample')
    else state.report.wait('samples', act.index)
    return
  }
  if (kind === 'sample_viewed') return judgeSampleLook(act, draw, context)
  if (firstNameOf(state, actor.alias) === firstNameOf(state, draw.actor.alias))
    find(act, 'one_person', 'is by the person who drew the sample: two people are needed')
  if (at < draw.at) find(act, 'before_drawn', 'is earlier than the draw')
  if (draw.fields.fixed !== undefined && londonDay(at) > londonDay(draw.at) + sampleLimits.answerWithinDays)
    find(act, 'answered_late', `answers what had lapsed: more than ${sampleLimits.answerWithinDays} days had passed`)
  const earlier = same.some((other) => other !== act && other.kind !== 'sample_viewed' && other.index < act.index)
  if (earlier) find(act, 'answered_twice', 'answers what was answered already')
}

function judgeSampleLook(act, draw, { same, settledAt, state, find }) {
  if (act.actor.alias !== draw.actor.alias) find(act, 'another_reader', 'is by somebody else than who drew the sample')
  const unlocked = same.find(({ kind }) => kind === 'sample_unlocked')
  if (unlocked === undefined ? act.at <= settledAt : unlocked.at > act.at) find(act, 'not_unlocked', 'reads what nobody had unlocked')
  else if (unlocked === undefined) state.report.wait('samples', act.index)
  if (unlocked !== undefined && !(londonDay(act.at) < readDay(unlocked.fields.until)))
    find(act, 'too_late', 'reads what was unlocked until an earlier day')
}

const timeText = (seconds) => new Date(seconds * 1000).toISOString().replace('.000', '')

/** Draws that were fixed and not drawn: where there are many, somebody may have dropped those that did not suit. */
function neverDrawn({ fixed, again, state }) {
  const drawn = new Set([...again.values()].map(({ fields }) => fields.fixed))
  const today = londonDay(state.newestAt)
  return [...fixed.values()]
    .filter(({ id }) => !drawn.has(id))
    .map(({ index, id, actor, at, fields }) => ({
      ...{ index, id, by: actor.alias, at: timeText(at), from: fields.from, to: fields.to, count: fields.count },
      state: today > londonDay(at) + sampleLimits.revealWithinDays ? 'lapsed' : 'waiting',
    }))
}

function toldDraw({ index, id, actor, fields, at }, { state, fixed }) {
  const of = (kind) => state.samples.acts.filter((act) => act.kind === kind && act.fields.sample === fields.sample).length
  const before = fixed.get(fields.fixed)
  return {
    ...{ index, id, by: actor.alias, at: timeText(at) },
    ...{ size: fields.size, from: fields.from, to: fields.to, numbers: fields.numbers, population: fields.population, drawn: fields.drawn },
    fixed: before === undefined ? null : { index: before.index, id: before.id, at: timeText(before.at) },
    holds: !state.report.findings.some((finding) => finding.check === 'samples' && finding.index === index),
    unlocked: of('sample_unlocked'),
    refused: of('sample_refused'),
    viewed: of('sample_viewed'),
  }
}

function drawByHand(draw, newest, { raised, rootAt }) {
  const base = draw.size >= 1 && draw.size <= newest.size ? rootAt(draw.size) : { root: null }
  if (base.root === null) throw new Unusable('future_size', `This bundle has no ${printable(draw.size)} entries.`)
  const { seed, population, drawn } = drawAgain({ ...draw, root: base.root }, raised)
  return { seed, root: base.root, published: base.published, population, drawn }
}

/** Verifies the bundle, every sample in it among the rest, and tells of them; draws one by hand where `draw` is given. */
export function verifySamples({ file, keys, witnesses = [], checkpoints = [], draw = null }) {
  const { result, samples = [], neverDrawn: left = [], byHand } = examine({ file, keys, witnesses, checkpoints, draw })
  const { verdict, exitCode, log, size, findings, findingsInAll } = result
  const { notes = [] } = result.checks.find(({ name }) => name === 'samples') ?? {}
  return { verdict, exitCode, log, size, samples, neverDrawn: left, notes, ...(byHand && { byHand }), findings, findingsInAll }
}

/** What an auditor gives the service instead of the numbers, before anybody can know what they will draw. */
export function commitNumbers(given) {
  const numbers = given.trim().replaceAll(/[\s,;]+/g, ' ')
  const digits = numbers.replaceAll(' ', '').length
  if (!numbersShape.test(numbers)) throw new Unusable('usage', `Give numbers with blanks between them, and nothing else.\n\n${usage}`)
  if (digits < sampleLimits.digits)
    throw new Unusable(
      'few_numbers',
      `Throw ${sampleLimits.digits} dice or more: these are ${digits} digits, and fewer can be found out by trying.`,
    )
  return { exitCode: 0, numbers, commitment: commitmentOf(numbers) }
}

/** `--size`, `--from`, `--to`, `--numbers` and `--count`, all or none of them; and `--fixed`, but for a draw of an earlier release. */
function readDraw({ size, from, to, numbers, count: wanted, fixed }) {
  const given = [size, from, to, numbers, wanted]
  if (given.every((each) => each === undefined)) return null
  const sound =
    given.every((each) => each !== undefined) &&
    [size, wanted].every((each) => readCount(each) !== null) &&
    ![from, to].some((each) => Number.isNaN(readDay(each))) &&
    numbersShape.test(numbers) &&
    (fixed === undefined || isUuid(fixed))
  if (!sound)
    throw new Unusable(
      'usage',
      `To draw by hand give --size, --from, --to, --numbers (digits and single blanks), --count and --fixed (the id of the entry that fixed it).\n\n${usage}`,
    )
  return { size: Number(size), from, to, numbers, count: Number(wanted), fixed }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Timeliness: every clock of every concern from the entries alone, and beside it what the service reports

const outcomes = ['met', 'missed', 'running', 'paused', 'overdue', 'not_applicable']
const largestReport = 256 * 1024 * 1024
/** What a row of the report says of a clock, and must say. */
const told =
  'version startedOn firstDueOn dueOn stoppedOn outcome workingDays pausedDays extensions endedBy startedRole stoppedRole escalatedOn escalatedTo escalatedRoles'.split(
    ' ',
  )
/** And where in the log that is said. An entry that had no place yet when the report was made is told as null. */
const places = ['startedEntry', 'stoppedEntry', 'escalatedEntry']
const namesClock = 'concern code cycle of round'.split(' ')
const rowKey = (row) => namesClock.map((name) => row[name] ?? '').join(' ')

/**
 * Verifies the bundle, then works out every clock that started in these days as it stood at the end of `today`, and compares with the service's own
 * report where one is given. `from`, `to` and `today` as 2026-11-22; by default those of the report, or all that there is. `rows`: answers with every clock.
 */
export function verifyTimeliness({ file, keys, witnesses = [], checkpoints = [], report, rows: wanted = false, ...asked }) {
  const given = report === undefined ? null : readReport(report)
  const { result: whole, state } = examine({ file, keys, witnesses, checkpoints })
  const findings = [...whole.findings]
  let findingsInAll = findings.length
  const find = (severity, code, message, more = {}) => {
    findingsInAll += 1
    if (findings.length < 2 * mostFindings) findings.push({ severity, check: 'timeliness', code, message, ...more })
  }
  const newest = state === null ? Number.NaN : Math.max(state.newestOn, londonDay(state.newestAt))
  const period = readPeriod(asked, given, newest)
  const seen = createComparison(concernsIn(given), { ...period, newest }, find)
  const { rows, rules, population } = state === null ? nothingReckoned : reckonPeriod(state, period, { find, seen, wanted })
  const duties = state === null ? [] : reckonDuties(state, period, find)
  if (state !== null) seen.finish({ rules, population })
  const dutiesSeen = compareDuties(given, { rows: duties, today: period.today, newest }, find)
  const exitCode = exits[gravest.find((severity) => findings.some((finding) => finding.severity === severity))] ?? 0
  return {
    verdict: verdicts[exitCode],
    exitCode,
    log: whole.log,
    size: whole.size,
    ...{ from: dayOrNull(period.from), to: dayOrNull(period.to), today: dayOrNull(period.today) },
    population,
    rules,
    compared: given === null ? null : seen.count() + dutiesSeen,
    ...(wanted && { rows }),
    duties: sumDuties(duties),
    dutyRows: duties.filter(({ outcome }) => wanted || outcome === 'overdue'),
    findings: findings.sort((a, b) => gravest.indexOf(a.severity) - gravest.indexOf(b.severity)),
    findingsInAll,
  }
}

/** A table of duties alone says nothing of concerns. */
const concernsIn = (given) => (given === null || given.rows === null ? null : given)

const nothingReckoned = { rows: [], rules: [], population: 0 }

/** Every clock that started in a period, beside its row of the report; with the sums by rule. */
function reckonPeriod(state, { from, to, today }, { find, seen, wanted }) {
  const rows = []
  const totals = new Map()
  let population = 0
  for (const { concern, clocks, received, up } of reckonAll(state, today, find)) {
    if (received >= from && received <= to) population += 1
    for (const clock of clocks.filter(({ startedOn }) => startedOn >= from && startedOn <= to)) {
      const row = rowOf(state, concern, clock, up)
      const total = totals.get(row.code) ?? Object.fromEntries(outcomes.map((outcome) => [outcome, 0]))
      totals.set(row.code, { ...total, [row.outcome]: total[row.outcome] + 1 })
      seen.compare(row)
      if (wanted) rows.push(row)
    }
  }
  const rules = [...totals].map(([code, total]) => ({ code, ...total }))
  return { rows, rules: rules.sort((a, b) => (a.code < b.code ? -1 : 1)), population }
}

function sumDuties(rows) {
  const totals = new Map()
  for (const { code, outcome } of rows) {
    const total = totals.get(code) ?? Object.fromEntries(outcomes.map((each) => [each, 0]))
    totals.set(code, { ...total, [outcome]: total[outcome] + 1 })
  }
  return [...totals].map(([code, total]) => ({ code, ...total })).sort((a, b) => (a.code < b.code ? -1 : 1))
}

const dayOrNull = (day) => (Number.isFinite(day) ? dayText(day) : null)

function readPeriod({ from, to, today }, given, newest) {
  const read = (text, otherwise) => {
    if (text === undefined) return otherwise
    const day = readDay(text)
    if (Number.isNaN(day)) throw new Unusable('usage', `"${printable(text)}" is no day like 2026-11-22.\n\n${usage}`)
    return day
  }
  return {
    from: read(from ?? given?.from, Number.NEGATIVE_INFINITY),
    to: read(to ?? given?.to, Number.POSITIVE_INFINITY),
    today: read(today ?? given?.asOf, newest),
  }
}

/** The clocks of one concern after the other, by the newest calendar and limits that the log holds. */
function* reckonAll(state, today, find) {
  const { concerns, deadlines } = state
  const [calendar, limit] = [deadlines.calendars.all().at(-1), deadlines.limits.all().at(-1)]
  if (calendar === undefined || limit === undefined)
    return find('incomplete', 'no_rules_yet', 'The log does not hold its calendar and limits yet, so no clock could be worked out.')
  for (let row = 0; row < concerns.count; row += 1) {
    if (concerns.raisedIndex[row] === 0 || concerns.raisedOn[row] > today) continue
    const index = concerns.firstIndex[row]
    if (concerns.eventCount[row] > mostEvents)
      find('unusable', 'too_many', `Entry ${index} begins a concern with too much in it.`, { index })
    else
      yield {
        concern: uuidAt(concerns, row),
        received: receivedDay(concerns, row),
        up: happenedTo(state, row).filter(({ event, day }) => event === goneUp && day <= today),
        clocks: reckonClocks({
          ...{ events: eventsOf(state, row), rules: limit.rules, holidays: calendar.holidays },
          ...{ facts: factsOf(state, row), today },
        }),
      }
  }
}

function uuidAt({ words }, row) {
  const hex = [...words.subarray(4 * row, 4 * row + 4)].map((word) => word.toString(16).padStart(8, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const dateOrNull = (day) => (day === none ? null : dayText(day))

function rowOf({ items }, concern, { code, version, cycle, item, round, startedOn, firstDueOn, dueOn, stoppedOn, ...clock }, gone) {
  // After its date and before it stopped: with the whole concern, or by the clock itself
  const isOwn = (each) => each.clock === '' || (each.clock === code && each.item === item)
  const isBetween = ({ day }) => day > dueOn && (stoppedOn === none || day <= stoppedOn)
  const up = clock.endedBy === null ? gone.filter((each) => isOwn(each) && isBetween(each)) : []
  return {
    ...{ concern, code, version, cycle, of: item === 0 ? null : uuidAt(items, item - 1), round },
    ...{ startedOn: dayText(startedOn), firstDueOn: dayText(firstDueOn), dueOn: dayText(dueOn), stoppedOn: dateOrNull(stoppedOn) },
    ...{ outcome: clock.outcome, workingDays: clock.workingDays, pausedDays: clock.pausedDays, extensions: clock.extensions },
    endedBy: clock.endedBy,
    ...{ startedEntry: clock.began.entry ?? null, startedRole: clock.began.role ?? null },
    ...{ stoppedEntry: clock.stop?.entry ?? null, stoppedRole: clock.stop?.role ?? null },
    ...{ escalatedOn: up.length === 0 ? null : dayText(up[0].day), escalatedEntry: up[0]?.entry ?? null },
    ...{ escalatedTo: listed(up.map(({ to }) => to)), escalatedRoles: listed(up.map(({ role }) => role)) },
  }
}

/** A list as it stands in one cell. */
const listed = (words) => [...new Set(words)].join(' ')

/**
 * Beside each clock its row in the report: every one there, none twice, none of its own making, and each as the entries give it. What the log can
 * not know yet, since its newest entry is from before the report's day, is not held against the report.
 */
function createComparison(given, { newest, today }, find) {
  const rows = new Map()
  const isLater = (date) => newest < today && !(readDay(date) < newest)
  const named = ({ concern, code, cycle, round }) =>
    `concern ${printable(concern)}, ${printable(code)}${cycle > 1 ? `, time ${printable(cycle)} round` : ''}${round > 1 ? `, word ${printable(round)}` : ''}`
  const where = ({ concern, code }) => ({ concern: printable(concern), rule: printable(code) })
  for (const row of given?.rows ?? []) {
    if (rows.has(rowKey(row))) find('tampered', 'row_twice', `The report has ${named(row)} twice.`, where(row))
    rows.set(rowKey(row), row)
  }
  let [compared, young, unplaced] = [0, 0, 0]
  const judge = (late, code, message, row, more) => {
    if (late) young += 1
    find(late ? 'incomplete' : 'tampered', code, message, { ...where(row), ...more })
  }
  return {
    count: () => compared,
    compare: (row) => {
      if (given === null) return
      const theirs = rows.get(rowKey(row))
      if (theirs === undefined) return judge(false, 'row_missing', `The report leaves out ${named(row)}.`, row)
      rows.delete(rowKey(row))
      compared += 1
      const differing = [
        ...told.filter((name) => valueIn(theirs, name) !== row[name]),
        ...places.filter((name) => (theirs[name] ?? null) !== null && theirs[name] !== row[name]),
      ]
      if (differing.length === 0) {
        if (places.some((name) => (theirs[name] ?? null) !== row[name])) unplaced += 1
        return
      }
      const said = differing.map((name) => `${name} ${printable(theirs[name] ?? null)}, and the entries give ${printable(row[name])}`)
      const late = row.stoppedOn === null && isLater(theirs.stoppedOn ?? null)
      judge(late, 'row_differs', `The report says of ${named(row)}: ${said.join('; ')}.`, row, { differing })
    },
    finish: ({ rules, population }) => {
      const waiting = new Set([...rows.values()].map(({ concern }) => concern)).size <= (given?.waiting ?? 0)
      for (const row of rows.values())
        judge(waiting || isLater(row.startedOn), 'row_unknown', `The report has ${named(row)}, which this log does not give.`, row)
      if (given !== null) compareTotals(given, { rules, population, late: young > 0 }, find)
      if (unplaced > 0)
        find(
          'incomplete',
          'no_place_told',
          `Of ${plural(unplaced, 'clock', 'clocks')} the report does not say where in the log ${unplaced === 1 ? 'its' : 'their'} entries stand, and the log has them. Download the report again.`,
        )
    },
  }
}

const lists = new Set(['escalatedTo', 'escalatedRoles'])

/** What a row of the report says, as JSON or CSV has it. */
function valueIn(row, name) {
  const value = row[name] ?? null
  if (!lists.has(name)) return value
  return Array.isArray(value) ? value.join(' ') : (value ?? '')
}

function compareTotals(given, { rules, population, late }, find) {
  const severity = late ? 'incomplete' : 'tampered'
  if (given.inLog !== null && given.inLog !== population)
    find(
      severity,
      'population_differs',
      `The report counts ${printable(given.inLog)} concerns in the log, and there are ${count(population)}.`,
    )
  // The report has a row of totals for each version of a rule
  for (const [code, totals] of given.totals ?? []) {
    const own = rules.find((rule) => rule.code === code)
    const differing = outcomes.filter((outcome) => totals[outcome] !== (own?.[outcome] ?? 0))
    if (differing.length > 0)
      find(severity, 'total_differs', `The report’s totals of ${printable(code)} are not those of the entries: ${differing.join(', ')}.`, {
        rule: printable(code),
      })
  }
}

/** What a row of the report says of a duty, and must say; lists are one text. */
const toldOfDuty =
  'code version startedOn firstDueOn dueOn stoppedOn outcome workingDays hours pausedDays extensions force recordedOn stopRecordedOn startedRole stoppedRole warnedOn escalatedOn escalatedTo movedFor'.split(
    ' ',
  )
const placesOfDuty = ['startedEntry', 'stoppedEntry', 'warnedEntry']
const listsOfDuty = new Set(['escalatedTo', 'escalatedEntries', 'movedFor'])
const dutyOutcomes = ['met', 'missed', 'running', 'paused', 'overdue']

/** The organisation's duties in the report beside those that the entries give: each there once, none of its own making, each as it was. Returns how many. */
function compareDuties(given, { rows, today, newest }, find) {
  // A log that could not be read was told of already
  if (given === null || given.duties === undefined || Number.isNaN(newest)) return 0
  if (given.duties === null) {
    const message = `The report says nothing of the organisation’s duties, and the log has ${count(rows.length)}: it is of an earlier release, or they were left out.`
    if (rows.length > 0) find('incomplete', 'duties_not_told', message)
    return 0
  }
  const theirs = new Map()
  const judge = (late, code, duty, message, more) =>
    find(late ? 'incomplete' : 'tampered', code, message, { rule: printable(duty.code), duty: printable(duty.duty), ...more })
  for (const row of given.duties.items) {
    if (theirs.has(row.duty)) judge(false, 'duty_twice', row, `The report has ${namedDuty(row)} twice.`)
    theirs.set(row.duty, row)
  }
  const unplaced = rows.filter((row) => judgeDutyRow(row, theirs, newest < today, judge) === 'unplaced').length
  // What the log cannot know yet, since its newest entry is from before the report's day, is not held against the report
  const mayCome = (day) => newest < today && !(readDay(day) < newest)
  for (const row of theirs.values())
    judge(mayCome(row.recordedOn), 'duty_unknown', row, `The report has ${namedDuty(row)}, which this log does not give.`)
  compareDutyTotals(given.duties.rules, rows, newest < today, find)
  if (unplaced > 0)
    find(
      'incomplete',
      'no_place_told',
      `Of ${plural(unplaced, 'duty', 'duties')} the report does not say where in the log their entries stand, and the log has them. Download the report again.`,
    )
  return given.duties.items.length - theirs.size
}

const namedDuty = ({ duty, code }) => `duty ${printable(duty)}, ${printable(code)}`

/** One duty beside its row of the report, which is taken out of `theirs`. */
function judgeDutyRow(row, theirs, isBehind, judge) {
  const said = theirs.get(row.duty)
  theirs.delete(row.duty)
  if (said === undefined) return judge(false, 'duty_missing', row, `The report leaves out ${namedDuty(row)}.`)
  const { differing, waits } = differencesOfDuty(row, said)
  if (differing.length === 0) return waits ? 'unplaced' : 'agrees'
  const what = differing.map((name) => `${name} ${printable(dutyValueIn(said, name))}, and the entries give ${printable(row[name])}`)
  return judge(isBehind && row.stoppedOn === null, 'duty_differs', row, `The report says of ${namedDuty(row)}: ${what.join('; ')}.`, {
    differing,
  })
}

function differencesOfDuty(row, said) {
  const other = toldOfDuty.filter((name) => dutyValueIn(said, name) !== row[name] && !(name === 'force' && row.force === null))
  const moved = placesOfDuty.filter((name) => (said[name] ?? null) !== null && said[name] !== row[name])
  // An entry that had no place yet stands as "-"
  const [is, was] = [row.escalatedEntries.split(' '), dutyValueIn(said, 'escalatedEntries').split(' ')]
  const up = is.length !== was.length || was.some((place, at) => place !== '-' && place !== is[at])
  return {
    differing: [...other, ...moved, ...(up ? ['escalatedEntries'] : [])],
    waits: placesOfDuty.some((name) => (said[name] ?? null) !== row[name]) || was.includes('-'),
  }
}

function dutyValueIn(row, name) {
  const value = row[name] ?? null
  if (!listsOfDuty.has(name)) return value
  const words = Array.isArray(value) ? value.map((each) => each ?? '-') : String(value ?? '').split(' ')
  return (name === 'movedFor' ? words.toSorted() : words).join(' ')
}

/** The sums over the versions of each duty's rule. */
function compareDutyTotals(totals, rows, late, find) {
  if (totals === null) return
  const names = ['denominator', ...dutyOutcomes, 'lateWithoutEscalation']
  const sums = (of, read) => of.reduce((sum, each) => sum + read(each), 0)
  for (const code of new Set([...totals, ...rows].map((each) => each.code))) {
    const [said, own] = [totals.filter((each) => each.code === code), rows.filter((row) => row.code === code)]
    const untold = own.filter(({ outcome, escalatedTo }) => (outcome === 'missed' || outcome === 'overdue') && escalatedTo === '')
    const is = (name) => {
      if (name === 'denominator') return own.length
      return name === 'lateWithoutEscalation' ? untold.length : own.filter(({ outcome }) => outcome === name).length
    }
    // A limit that names nobody to tell has none of whom nobody was told
    const asked = (name) => name !== 'lateWithoutEscalation' || said.every((each) => each[name] !== null)
    const differing = names.filter((name) => asked(name) && sums(said, (each) => each[name]) !== is(name))
    if (differing.length === 0) continue
    const message = `The report’s totals of ${printable(code)} are not those of the entries: ${differing.join(', ')}.`
    find(late ? 'incomplete' : 'tampered', 'total_differs', message, { rule: printable(code) })
  }
}

/** The service's report: its JSON with all rows, or the rows as CSV. */
function readReport(file) {
  const text = readFileOf(file, largestReport, 'a report')
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  if (!text.trimStart().startsWith('{')) return readCsvReport(text)
  const report = parsed(text)
  const rows = report?.concerns?.items
  if (!isRecord(report) || !Array.isArray(rows) || !rows.every(isRecord))
    throw new Unusable('malformed_report', 'It is no timeliness report.')
  if (typeof report.concerns.next === 'string')
    throw new Unusable('part_of_report', 'It is one page of a report. Download the report as a whole.')
  const { from, to, asOf, population, rules } = report
  const totals = Array.isArray(rules) ? totalsOf(rules.filter(isRecord)) : null
  return {
    rows,
    from,
    to,
    asOf,
    waiting: countOf(population?.waiting) ?? 0,
    inLog: countOf(population?.inLog),
    totals,
    duties: dutiesIn(report),
  }
}

/** Null where the report has no word of them. */
function dutiesIn({ duties }) {
  if (duties === undefined) return null
  if (![duties?.items, duties?.rules].every((list) => Array.isArray(list) && list.every(isRecord)))
    throw new Unusable('malformed_report', 'It is no timeliness report: its duties are no lists.')
  return { items: duties.items, rules: duties.rules }
}

const countOf = (value) => (Number.isSafeInteger(value) && value >= 0 ? value : null)

/** The sums over the versions of each rule. */
function totalsOf(rules) {
  const totals = new Map()
  for (const { code, excluded, ...rule } of rules) {
    const out = Array.isArray(excluded) ? excluded.reduce((sum, each) => sum + (countOf(each?.count) ?? Number.NaN), 0) : Number.NaN
    const before = totals.get(code)
    const one = outcomes.map((outcome) => [outcome, (before?.[outcome] ?? 0) + (outcome === 'not_applicable' ? out : rule[outcome])])
    totals.set(code, Object.fromEntries(one))
  }
  return totals
}

const counted = new Set(['version', 'cycle', 'round', 'workingDays', 'hours', 'pausedDays', 'extensions', ...places, ...placesOfDuty])

/** One table: single clocks of concerns, or the organisation's duties. */
function readCsvReport(text) {
  const [header = [], ...lines] = csvLines(text)
  const has = (names) => names.every((name) => header.includes(name))
  const one = { waiting: 0, inLog: null, totals: null }
  if (has(['duty', ...toldOfDuty, ...placesOfDuty, 'escalatedEntries']))
    return { ...one, rows: null, duties: { items: rowsInCsv(header, lines), rules: null } }
  if (!has([...namesClock, ...told, ...places]))
    throw new Unusable('malformed_report', 'It is no timeliness report: the names of its columns are others.')
  return { ...one, rows: rowsInCsv(header, lines), duties: undefined }
}

function rowsInCsv(header, lines) {
  const valueOf = (name, cell) => {
    if (cell === undefined || cell === '') return null
    return counted.has(name) ? Number(cell) : cell
  }
  return lines.map((cells) => Object.fromEntries(header.map((name, at) => [name, valueOf(name, cells[at])])))
}

/** Lines of comma-separated cells (RFC 4180). */
function csvLines(text) {
  const lines = []
  let line = []
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (quoted === undefined && plain === '' && end === '' && line.length === 0) break
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    lines.push(line)
    line = []
    if (end === '') break
  }
  return lines
}

// ---------------------------------------------------------------------------------------------------------------------------------
// What a person reads

const meanings = {
  whole:
    'WHOLE. Nothing in this log was changed, added in between or taken away since it was signed, and what it says agrees with its own rules.',
  tampered: 'TAMPERED. This log is not what was signed, or it breaks its own rules.',
  unusable: 'NOT CHECKED. Something here is not what this program can check.',
  incomplete: 'INCOMPLETE. What could be checked holds, but not everything could be.',
  restored: 'RESTORED. The log is whole, but for a restore from a backup that it declares itself.',
}

const advice = {
  whole: 'Keep this bundle and its checkpoint. Next time give the checkpoint with --checkpoint, so that nobody can show you another past.',
  tampered:
    'Change nothing, keep this bundle and your older checkpoints, and write down when you downloaded it. Tell whoever holds the other checkpoints (board secretary, staff side, witnesses) and compare with them before you speak to whoever runs the service.',
  unusable: 'Read what is said above, give the right file or key, and run this again.',
  incomplete:
    'Download a fresh bundle and run this again. If the same is missing twice, ask for it in writing; if it never comes, treat it as tampering.',
  restored:
    'Ask why a restore was needed and what was lost, and compare the day with what people remember. Reporters of those days should be told to look with their code or raise again.',
}

const marks = { holds: ' ok  ', tampered: 'FAIL ', unusable: '  ?  ', incomplete: ' ... ', restored: 'note ', 'not made': '  -  ' }

function tell(result) {
  const lines = [
    'Forthright log check',
    '',
    `Log         ${printable(result.log)}`,
    `Entries     ${count(result.size)}${result.checked < result.size ? `, of which ${count(result.checked)} could be read` : ''}`,
  ]
  lines.push(`Fingerprint ${result.fingerprint}`)
  for (const { size, fingerprint } of result.kept)
    lines.push(`            ${fingerprint} at ${plural(size, 'entry', 'entries')}, as you kept it`)
  if (result.newestStaffEntry !== null)
    lines.push(
      `Until       ${result.newestStaffEntry} (staff)${result.newestReporterDay === null ? '' : `, ${result.newestReporterDay} (reporters, who have a day and no time)`}`,
    )
  lines.push(`Took        ${result.seconds} s, ${count(result.entriesPerSecond)} entries a second`)
  if (result.speed !== undefined)
    lines.push(
      `            ${count(result.speed.rawHashesPerSecond)} plain hashes a second: hashing alone is ${(result.speed.shareOfTime * 100).toFixed(0)} % of the time; ${result.speed.peakMegabytes} MB of memory at most`,
    )
  lines.push('')
  for (const { title, result: outcome, notes } of result.checks)
    lines.push(`${marks[outcome]} ${title}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`)
  return [...lines, '', ...tellFindings(result), ...tellVerdict(result)].join('\n')
}

function tellFindings({ findings, findingsInAll = findings.length }) {
  if (findings.length === 0) return []
  const lines = findings.slice(0, 20).map(({ message, id, people = [] }) => {
    const named = people.length === 0 ? '' : ` (${people.map(({ alias, name }) => `${name}, alias ${alias.slice(0, 8)}`).join('; ')})`
    return `  - ${message}${named}${id === undefined || id === null ? '' : ` [${id}]`}`
  })
  return ['What was found, gravest first:', ...lines, ...(findingsInAll > 20 ? [`  - and ${count(findingsInAll - 20)} more`] : []), '']
}

const tellVerdict = ({ verdict }) => [`Verdict: ${meanings[verdict]}`, `What to do: ${advice[verdict]}`, '']

function tellProof(result) {
  const { exitCode, index, size, log, kind, id, witnesses } = result
  const holds = `Entry ${index}, "${printable(kind)}" [${id}], is in the log ${printable(log)} of ${count(size)} entries.${witnesses.length > 0 ? ` Cosigned by ${witnesses.map(printable).join(', ')}.` : ''}`
  return [
    'Forthright entry check',
    '',
    ...(exitCode === 0 ? [holds, ''] : tellFindings(result)),
    exitCode === 0 ? 'Verdict: PROVEN.' : 'Verdict: NOT PROVEN. Keep proof and entry, and ask for both again.',
    '',
  ].join('\n')
}

const receiptVerdicts = {
  0: 'PROVEN. This was raised on that day, those people could read it, and the log has it. It does not say by whom it was raised.',
  1: 'DOES NOT FIT. This file does not prove what it says.',
  3: 'NOT YET IN THE LOG. It fits, and the log’s own proof is still to come.',
}

function tellReceipt({ exitCode, findings, index, size, log, on, kept, shown: parts, witnesses }) {
  const { raisedOn, readers, ...rest } = parts
  const people = Array.isArray(readers) ? readers.map((reader) => `${reader?.name}, ${reader?.role}`) : []
  const said = Object.entries(rest).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
  const holds = [
    `Raised on      ${printable(String(raisedOn))}${raisedOn === on ? '' : `, and recorded on ${printable(String(on))}`}`,
    `Could be read  by ${plainly(people.join('; '))}`,
    ...(index === undefined ? [] : [`In the log     entry ${index} of ${printable(log)}, signed at ${count(size)} entries`]),
    ...(witnesses?.length > 0 ? [`Cosigned       by ${witnesses.map(printable).join(', ')}`] : []),
    ...said.map(([name, value]) => `${printable(name).padEnd(14)} ${tellPart(value)}`),
    ...(Object.keys(parts).length < kept ? ['               The rest of what was said is kept back; nothing of it is needed here.'] : []),
    '',
  ]
  return [
    'Forthright check of a proof of raising',
    '',
    ...(exitCode === 0 || exitCode === 3 ? holds : tellFindings({ findings })),
    `Verdict: ${receiptVerdicts[exitCode] ?? meanings.unusable}`,
    ...(exitCode === 3 ? ['What to do: get the file again, a day later, with the code.'] : []),
    '',
  ].join('\n')
}

/** Lines stay lines; whatever else could move a cursor does not. */
const tellPart = (value) =>
  (typeof value === 'string' ? value : JSON.stringify(value))
    .split('\n')
    .map(plainly)
    .join(`\n${' '.repeat(15)}`)

const plainly = (text) => text.replaceAll(/[\p{C}\u2028\u2029]/gu, '?')

function tellDifference(result) {
  const { sizes, added } = result
  const kindLines = Object.entries(added)
    .sort()
    .map(([kind, number]) => `  ${String(number).padStart(8)} ${printable(kind)}`)
  const grown = [`The newer one has ${plural(sizes[1] - sizes[0], 'more entry', 'more entries')}:`, ...kindLines, '']
  return [
    'Forthright comparison of two bundles',
    '',
    `${count(sizes[0])} and ${count(sizes[1])} entries of ${printable(result.log)}`,
    ...(sizes[0] === sizes[1] ? [] : grown),
    ...tellFindings(result),
    ...tellVerdict(result),
  ].join('\n')
}

function tellSamples(result) {
  const { samples, neverDrawn: left, notes, byHand } = result
  const drawnBefore = samples.flatMap((each) => [
    `${each.holds ? ' ok  ' : 'FAIL '} Entry ${each.index}, ${each.at}: ${each.drawn?.length ?? '?'} of ${printable(each.population)} concerns raised from ${printable(each.from)} to ${printable(each.to)}, by ${printable(each.by)}`,
    `      ${each.fixed === null ? 'of the earlier, weaker kind: not fixed before' : `fixed by entry ${each.fixed.index}, ${each.fixed.at}`}; numbers ${printable(each.numbers)}, checkpoint of ${printable(each.size)} entries`,
    `      ${each.unlocked} unlocked, ${each.refused} refused, read ${each.viewed} times`,
  ])
  const fixedOnly = left.map(
    (each) =>
      `note  Entry ${each.index}, ${each.at}: fixed ${printable(each.count)} of those raised from ${printable(each.from)} to ${printable(each.to)}, by ${printable(each.by)}, ${each.state === 'lapsed' ? 'and never drawn: ask why' : 'and not drawn yet'}`,
  )
  const drawnNow =
    byHand === undefined
      ? []
      : [
          `By hand: seed ${byHand.seed}, root ${byHand.root}${byHand.published ? '' : ' (of no checkpoint in this bundle)'}, ${byHand.population} concerns`,
          ...byHand.drawn.map(({ alias, score }, at) => `  ${String(at + 1).padStart(2)}  ${printable(alias)}  ${score}`),
          '',
        ]
  return [
    'Forthright check of samples',
    '',
    `${count(samples.length)} drawn in ${count(result.size)} entries of ${printable(result.log)}`,
    ...drawnBefore,
    ...fixedOnly,
    ...(notes.length > 0 ? [`(${notes.join('; ')})`] : []),
    '',
    ...drawnNow,
    ...tellFindings(result),
    ...tellVerdict(result),
  ].join('\n')
}

const tellCommitment = ({ numbers, commitment }) =>
  [
    `Numbers     ${numbers}`,
    `Commitment  ${commitment}`,
    '',
    'Give the service the commitment now, and the numbers only once the next checkpoint is there. Keep them on paper, to yourself.',
    '',
  ].join('\n')

const reportVerdicts = {
  0: 'AGREES. Every clock is what the entries of this log give, and the log is whole.',
  1: 'DIFFERS. The report is not what the entries of this log give, or the log is not what was signed.',
}

function tellTimeliness(result) {
  const { rules, duties, compared, exitCode } = result
  const width = Math.max(4, ...[...rules, ...duties].map(({ code }) => printable(code).length))
  const cell = (text) => String(text).padStart(9)
  const columns = `${'rule'.padEnd(width)}${['met', 'missed', 'running', 'paused', 'overdue', 'excluded'].map(cell).join('')}`
  const line = (total) => `${printable(total.code).padEnd(width)}${outcomes.map((outcome) => cell(count(total[outcome]))).join('')}`
  return [
    'Forthright check of timeliness',
    '',
    `${count(result.population)} concerns in ${count(result.size)} entries of ${printable(result.log)}`,
    `Clocks that started from ${result.from ?? 'the beginning'} to ${result.to ?? 'the end'}, as they stood at the end of ${result.today ?? 'no day'}`,
    '',
    columns,
    ...rules.map(line),
    '',
    ...(duties.length === 0 ? [] : ['Duties of the organisation as a whole', columns, ...duties.map(line), '', ...tellLateDuties(result)]),
    ...(compared === null ? [] : [`${plural(compared, 'row', 'rows')} of the report compared.`, '']),
    ...tellFindings(result),
    ...(compared === null || reportVerdicts[exitCode] === undefined ? tellVerdict(result) : [`Verdict: ${reportVerdicts[exitCode]}`, '']),
  ].join('\n')
}

const mostLateTold = 50

/** Those that are late, the longest first, with whom the clock told. */
function tellLateDuties({ dutyRows }) {
  const late = dutyRows.filter(({ outcome }) => outcome === 'overdue')
  const lines = late.slice(0, mostLateTold).map(({ duty, code, dueOn, dueAt, escalatedOn, escalatedTo }) => {
    const whom = escalatedOn === null ? 'nobody was told' : `told from ${escalatedOn}: ${printable(escalatedTo.replaceAll(' ', ', '))}`
    return `late: ${printable(code)} ${duty}, due ${dueAt ?? dueOn}; ${whom}`
  })
  const more = late.length > mostLateTold ? [`and ${count(late.length - mostLateTold)} more`] : []
  return late.length === 0 ? [] : [...lines, ...more, '']
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The command

const usage = `Usage:
  node verify-log.mjs <bundle.zip or folder> --key <key> [--key <key> ...]
                      [--checkpoint <file> ...] [--witness <key> ...] [--json] [--speed]
  node verify-log.mjs proof <proof file> <entry file> --key <key> [--witness <key> ...] [--json]
  node verify-log.mjs diff <older bundle> <newer bundle> --key <key> [--json]
  node verify-log.mjs receipt <a reporter's proof of raising> --key <key> [--witness <key>] [--json]
  node verify-log.mjs sample <bundle> --key <key> [--json]
                      [--size <entries> --from <day> --to <day> --numbers "<numbers>" --count <how many>
                      --fixed <id of the entry that fixed it>]
  node verify-log.mjs commit "<numbers>" [--json]
  node verify-log.mjs timeliness <bundle> --key <key> [--from <day>] [--to <day>] [--today <day>]
                      [--report <the service's report, JSON or CSV>] [--json]

A key is the text that was given to you on paper or by somebody you trust (name+1234abcd+base64), or the name of a file with it (or with several, a line each).
Ends with 0 whole, 1 tampered, 2 not checked (usage, unreadable or wrong input), 3 incomplete, 4 a declared restore.
`

const options = {
  key: { type: 'string', multiple: true, default: [] },
  witness: { type: 'string', multiple: true, default: [] },
  checkpoint: { type: 'string', multiple: true, default: [] },
  json: { type: 'boolean', default: false },
  speed: { type: 'boolean', default: false },
  size: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  numbers: { type: 'string' },
  count: { type: 'string' },
  fixed: { type: 'string' },
  report: { type: 'string' },
  today: { type: 'string' },
}

/** Each way to call the program: how many files it takes, what it does with them, how it is told. */
const modes = {
  bundle: { takes: 1, run: ([file], given) => verifyBundle({ file, ...given }), tell },
  proof: { takes: 2, run: ([proof, entry], given) => verifyProof({ proof, entry, ...given }), tell: tellProof },
  receipt: { takes: 1, run: ([file], given) => verifyReceipt({ file, ...given }), tell: tellReceipt },
  sample: { takes: 1, run: ([file], given) => verifySamples({ file, ...given }), tell: tellSamples },
  commit: { takes: 1, keyless: true, run: ([numbers]) => commitNumbers(numbers), tell: tellCommitment },
  timeliness: { takes: 1, run: ([file], given) => verifyTimeliness({ file, ...given, ...given.period }), tell: tellTimeliness },
  diff: { takes: 2, run: ([older, newer], given) => compareBundles({ older, newer, ...given }), tell: tellDifference },
}

function readCommand(argv) {
  let read
  try {
    read = parseArgs({ args: argv, options, allowPositionals: true })
  } catch (error) {
    throw new Unusable('usage', `${printable(error.message)}\n\n${usage}`)
  }
  const { values, positionals } = read
  const named = Object.hasOwn(modes, positionals[0] ?? '') && positionals[0] !== 'bundle'
  const mode = named ? modes[positionals[0]] : modes.bundle
  const files = named ? positionals.slice(1) : positionals
  if (files.length !== mode.takes) throw new Unusable('usage', usage)
  const keys = values.key.flatMap(keysGiven)
  const witnesses = values.witness.flatMap(keysGiven)
  if (keys.length === 0 && mode.keyless !== true)
    throw new Unusable('no_key', `Give the log's key with --key. Without it nothing can be believed.\n\n${usage}`)
  if (keys.some(({ witness }) => witness))
    throw new Unusable('malformed_key', 'One of the keys given with --key is a witness’s: give it with --witness.')
  if (witnesses.some(({ witness }) => !witness))
    throw new Unusable('malformed_key', 'One of the keys given with --witness is no witness’s.')
  return {
    mode,
    files,
    json: values.json,
    given: {
      ...{ keys, witnesses, checkpoints: values.checkpoint, speed: values.speed },
      // Both go by days: which one they are of, the way it was called says
      ...(mode === modes.timeliness ? { period: periodGiven(values) } : { draw: readDraw(values) }),
    },
  }
}

/** What was asked of timeliness. Without a report, whoever reads it as JSON gets every clock. */
function periodGiven({ from, to, today, report, json }) {
  return { from, to, today, report, rows: json && report === undefined }
}

/** The text of a key, or the name of a file with one on each line: while a key takes over from another, the service gives both. */
function keysGiven(text) {
  if (existsSync(text) && statSync(text).isFile()) {
    const lines = readFileOf(text, 8192, 'a key').toString('utf8').split('\n')
    const [first = '', ...more] = lines.map((line) => line.trim()).filter((line) => line !== '')
    return [first, ...more].map(readVerifierKey)
  }
  if (text.includes('+')) return [readVerifierKey(text)]
  throw new Unusable('malformed_key', `There is no file "${printable(text.slice(0, 60))}", and a key looks like name+1234abcd+base64.`)
}

/** Runs a command line; writes to `out`; answers with the exit code. Nothing it reads can make it end in another way. */
export function main(argv, out = (text) => process.stdout.write(text)) {
  if (!asksForHelp(argv)) return obey(argv, out)
  out(usage)
  return 0
}

const asksForHelp = (argv) => argv.includes('--help') || argv.includes('-h')

function obey(argv, out) {
  let json = argv.includes('--json')
  try {
    const command = readCommand(argv)
    json = command.json
    const result = command.mode.run(command.files, command.given)
    out(json ? `${JSON.stringify(result)}\n` : command.mode.tell(result))
    return result.exitCode
  } catch (error) {
    const code = error instanceof Unusable ? error.code : 'unreadable'
    const message = error instanceof Unusable ? error.message : `It could not be read (${printable(error?.code ?? error?.name)}).`
    out(
      json
        ? `${JSON.stringify({ verdict: 'unusable', exitCode: 2, findings: [{ severity: 'unusable', code, message }] })}\n`
        : `${code === 'usage' ? '' : `Not checked (${code}): `}${message}\n`,
    )
    return 2
  }
}

function isTheProgram() {
  try {
    const here = decodeURIComponent(new URL(import.meta.url).pathname).replace(/^\/([A-Za-z]:)/, '$1')
    return process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(here)
  } catch {
    return false
  }
}

if (isTheProgram()) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    process.stdout.write(`This program needs Node 20 or later; this is ${process.versions.node}.\n`)
    process.exitCode = 2
  } else process.exitCode = main(process.argv.slice(2))
}
