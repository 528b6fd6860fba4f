import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { main, readVerifierKey, Unusable, verifyBundle } from '../../../scripts/verify-log.mjs'
import { leafHash } from '../../../src/audit/index.ts'
import { createTreeEdge, inclusionProof, type ReadTile } from '../../../src/audit/merkle/index.ts'
import { createCosigner, createNoteSigner, formatProof, verifierKeyText } from '../../../src/audit/notes/index.ts'
import { filesOf, writeFolder, zipOf, type Files, type Listed } from '../../support/honest-log/bundle.ts'
import { createChance } from '../../support/honest-log/chance.ts'
import { growHonestLog, type HonestLog } from '../../support/honest-log/grow.ts'
import { place, stageFolder, verdictOn } from './stage.ts'

let log: HonestLog
let files: Files
let zip: Buffer
beforeAll(async () => {
  log = await growHonestLog({ seed: 12, acts: 150, measure: 8, waits: true, rotates: false, restores: 0 })
  files = await filesOf(log)
  zip = zipOf(files)
})

const times = (count: number) => Array.from({ length: count }, (_, at) => at)

/** What a person sees of a command: its exit code and what it printed. */
function command(...argv: string[]): { exit: number; text: string } {
  let text = ''
  const exit = main(argv, (more) => {
    text += more
  })
  return { exit, text }
}

/** A refusal is one of ours, with a code, and in words. */
function refusalOf(work: () => unknown): string {
  try {
    work()
    return 'none'
  } catch (error) {
    expect(error).toBeInstanceOf(Unusable)
    return (error as Unusable).code
  }
}

describe('a hostile zip is refused in a line', () => {
  const lies: Readonly<Record<string, [(listed: Listed) => void, string]>> = {
    'that climbs out of its folder': [(listed) => void (listed.name === 'README.txt' && (listed.name = '../../evil.txt')), 'hostile_zip'],
    'with an absolute path': [(listed) => void (listed.name === 'README.txt' && (listed.name = '/etc/passwd')), 'hostile_zip'],
    'with a backslash': [(listed) => void (listed.name === 'README.txt' && (listed.name = 'a\\b')), 'hostile_zip'],
    'with a zero byte in a name': [(listed) => void (listed.name === 'README.txt' && (listed.name = 'README.txt\0.exe')), 'hostile_zip'],
    'with two names on top of each other': [
      (listed) => void (listed.localName = listed.name === 'checkpoint' ? 'README.txt' : listed.name),
      'hostile_zip',
    ],
    'with one name twice': [(listed) => void (listed.name === 'README.txt' && (listed.name = 'checkpoint')), 'hostile_zip'],
    'with a link in it': [(listed) => void (listed.name === 'README.txt' && (listed.attributes = (0o120777 << 16) >>> 0)), 'hostile_zip'],
    'that unpacks to more than it says': [
      (listed) => void (listed.name === 'checkpoint' && ((listed.size = 10), (listed.stored = false))),
      'hostile_zip',
    ],
    'that says a checkpoint has gigabytes': [
      (listed) => void (listed.name === 'checkpoint' && ((listed.size = 4_000_000_000), (listed.stored = false))),
      'too_large',
    ],
    'with a wrong checksum': [(listed) => void (listed.crc = (listed.crc ^ 1) >>> 0), 'damaged_zip'],
  }

  test.each(Object.entries(lies))('%s', (_, [lie, code]) => {
    const all = [...files].toSorted(([a], [b]) => (a === 'README.txt' ? 1 : b === 'README.txt' ? -1 : 0))
    const begin = process.memoryUsage().rss
    expect(refusalOf(() => verdictOn(zipOf(all, lie), log))).toBe(code)
    expect(process.memoryUsage().rss - begin).toBeLessThan(100 * 1024 * 1024)
  })

  test('that packs gigabytes of zeroes where a tile must be', () => {
    const bomb = new Map(files).set('tile/0/000.p/1', Buffer.alloc(64 * 1024 * 1024))
    for (const name of files.keys()) if (name.startsWith('tile/0/')) bomb.set(name, Buffer.alloc(64 * 1024 * 1024))
    expect(refusalOf(() => verdictOn(zipOf(bomb), log))).toBe('too_large')
  })

  test('whose files lie over each other', () => {
    const once = zipOf(files)
    // The second file of the list is said to begin where the first one does
    const first = once.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
    const second = once.indexOf(Buffer.from('PK\x01\x02', 'latin1'), first + 4)
    once.writeUInt32LE(once.readUInt32LE(first + 42), second + 42)
    expect(refusalOf(() => verdictOn(once, log))).toBe('hostile_zip')
  })

  test.each(times(40))(
    'cut off or with bytes changed at random (%i): a verdict or a refusal, soon, and never whole where it matters',
    (seed) => {
      const chance = createChance(seed)
      const bytes = Buffer.from(zip)
      const broken = chance.oneIn(4) ? bytes.subarray(0, chance.below(bytes.length)) : bytes
      for (let flips = 1 + chance.below(4); flips > 0 && broken.length > 0; flips -= 1)
        broken[chance.below(broken.length)]! ^= 1 + chance.below(255)
      const began = performance.now()
      const { exit, text } = command(place('broken.zip', broken), '--key', log.keys[0]!)
      expect(performance.now() - began).toBeLessThan(20_000)
      // A flip in the README or in a date of the zip's list changes nothing of the log
      expect([0, 1, 2, 3]).toContain(exit)
      expect(text).not.toMatch(/\n\s+at |Error:|undefined|\[object/)
    },
  )
})

describe('a folder', () => {
  test('that a bundle unpacks to is as good as the bundle', () => {
    const folder = join(stageFolder, 'unpacked')
    writeFolder(folder, new Map(files).set('.DS_Store', Buffer.from('x')))
    expect(verifyBundle({ file: folder, keys: log.keys.map(readVerifierKey) })).toMatchObject({ exitCode: 0, findings: [] })
  })

  test('with a link in it is refused', () => {
    const folder = join(stageFolder, 'linked')
    mkdirSync(folder)
    symlinkSync('/etc/hostname', join(folder, 'checkpoint'))
    expect(refusalOf(() => verifyBundle({ file: folder, keys: log.keys.map(readVerifierKey) }))).toBe('hostile_folder')
  })
})

describe('the wrong thing is refused with a code of its own', () => {
  const anotherKey = () => verifierKeyText(createNoteSigner(log.origin, createChance(5).bytes(32)).key)
  const anotherLog = () => verifierKeyText(createNoteSigner('forthright/another', createChance(5).bytes(32)).key)
  const witness = () => verifierKeyText(createCosigner('witness.example/a', createChance(6).bytes(32)).key)

  test.each([
    ['no key', () => [place('x.zip', zip)], 'no_key'],
    ['a key of another log', () => [place('x.zip', zip), '--key', anotherLog()], 'wrong_origin'],
    ['another key of this log', () => [place('x.zip', zip), '--key', anotherKey()], 'unknown_key'],
    ['a key with a slip', () => [place('x.zip', zip), '--key', log.keys[0]!.replace(/.$/, '=')], 'malformed_key'],
    ['a key file that is not there', () => [place('x.zip', zip), '--key', 'keys.txt'], 'There is no file "keys.txt"'],
    ['a key file with nothing in it', () => [place('x.zip', zip), '--key', place('k.txt', '\n')], 'malformed_key'],
    ['a witness for a log', () => [place('x.zip', zip), '--key', witness()], 'malformed_key'],
    ['a file that is not there', () => ['nowhere.zip', '--key', log.keys[0]!], 'not_found'],
    ['a text that is no zip', () => [place('x.txt', 'hello'), '--key', log.keys[0]!], 'not_a_zip'],
    ['an empty file', () => [place('e.zip', ''), '--key', log.keys[0]!], 'not_a_zip'],
    ['an option that there is not', () => ['--trust-me'], 'Usage'],
    ['nothing', () => [], 'Usage'],
    [
      'a checkpoint of another log',
      () => {
        const other = createNoteSigner('forthright/another', createChance(5).bytes(32))
        return [
          place('x.zip', zip),
          '--key',
          log.keys[0]!,
          '--checkpoint',
          place('c', `forthright/another\n1\n${Buffer.alloc(32).toString('base64')}\n\n${other.sign('x')}`),
        ]
      },
      'wrong_origin',
    ],
    [
      'a checkpoint that is none',
      () => [place('x.zip', zip), '--key', log.keys[0]!, '--checkpoint', place('c', 'size 12\n')],
      'malformed_checkpoint',
    ],
  ] as const)('%s', (_, argv, words) => {
    const { exit, text } = command(...argv())
    expect(exit).toBe(2)
    expect(text).toContain(words)
    expect(text).not.toMatch(/\n\s+at /)
  })

  test('a file with a key on each line, as the service gives them while one takes over, stands for all of them', () => {
    const keys = place('keys.txt', `${anotherKey()}\n${log.keys[0]!}\n`)
    expect(command(place('x.zip', zip), '--key', keys)).toMatchObject({ exit: 0 })
  })

  test('a bundle that is shorter than a checkpoint somebody kept is incomplete, and says what that can mean', async () => {
    const [size] = [...log.checkpoints.keys()].toSorted((a, b) => a - b).slice(5)
    const shorter = await filesOf({
      texts: log.texts.slice(0, size),
      checkpoints: new Map([...log.checkpoints].filter(([each]) => each <= size!)),
    })
    const verdict = verdictOn(shorter, log, { kept: [log.checkpoints.get(log.texts.length)!] })
    expect(verdict).toMatchObject({ exitCode: 3 })
    expect(verdict.findings[0]?.message).toContain('entries were taken away')
    expect(verdict.findings[0]?.message.match(/is of|of \d/g)).toHaveLength(1)
  })

  test.each([
    ['no newline at its end', (note: string) => note.slice(0, -1)],
    ['a control character', (note: string) => note.replace('\n', '\u0001\n')],
    ['a leading zero in its size', (note: string) => note.replace(/\n(\d+)\n/, '\n0$1\n')],
    ['a size that cannot be counted', (note: string) => note.replace(/\n(\d+)\n/, '\n99999999999999999999\n')],
    ['a short root', (note: string) => note.replace(/\n[A-Za-z0-9+/=]{44}\n/, '\nAAAA\n')],
    ['an empty extension line', (note: string) => note.replace('\n\n', '\n\n\n')],
    ['two counts of restores', (note: string) => note.replace('\n\n', '\nrestored 1\nrestored 2\n\n')],
    ['a thousand signatures', (note: string) => note + note.slice(note.indexOf('—')).repeat(1000)],
    ['a megabyte of extensions', (note: string) => note.replace('\n\n', `\n${'x'.repeat(1024 * 1024)}\n\n`)],
    ['bytes that are no UTF-8', (note: string) => Buffer.concat([Buffer.from(note), Buffer.of(0xff, 0x0a)])],
  ] as const)('a checkpoint with %s', (_, spoil) => {
    const note = Buffer.from(spoil(files.get('checkpoint')!.toString()))
    const verdict = command(place('spoiled.zip', zipOf(new Map(files).set('checkpoint', note))), '--key', log.keys[0]!)
    expect(verdict.exit).toBeGreaterThan(0)
    expect(verdict.text).not.toMatch(/\n\s+at /)
  })
})

describe('one entry', () => {
  let index: number
  let proof: string
  beforeAll(async () => {
    const edge = await createTreeEdge(0, () => Promise.reject(new Error('nothing to read')))
    const leaves = log.texts.map(leafHash)
    const rows = [leaves, edge.append(leaves).map(({ root }) => root)]
    const readTile: ReadTile = (level, number, width) =>
      Promise.resolve(Buffer.concat(rows[level]!.slice(number * 256, number * 256 + width)))
    index = 17
    const hashes = await inclusionProof(index, log.texts.length, readTile)
    proof = formatProof({ index, hashes, note: log.checkpoints.get(log.texts.length)! })
  })
  const check = (text: string, entry: string, ...more: string[]) =>
    command('proof', place('p', text), place('e.json', entry), '--key', log.keys[0]!, ...more)

  test('is proven by its text and its proof', () => {
    const { exit, text } = check(proof, `${log.texts[index]}\n`)
    expect([exit, text]).toEqual([0, expect.stringContaining('PROVEN')])
  })

  test.each([
    ['with another text', () => check(proof, log.texts[index + 1]!), 1],
    ['with a character changed', () => check(proof, log.texts[index]!.replace('"lane":"', '"lane":" ')), 1],
    ['with another index', () => check(proof.replace(/index \d+/, 'index 18'), log.texts[index]!), 1],
    ['with an index beyond the log', () => check(proof.replace(/index \d+/, 'index 999999'), log.texts[index]!), 1],
    ['with a hash left out', () => check(proof.replace(/\n[A-Za-z0-9+/=]{44}\n/, '\n'), log.texts[index]!), 1],
    ['with a broken hash', () => check(proof.replace(/\n[A-Za-z0-9+/=]{44}\n/, '\nzzz\n'), log.texts[index]!), 2],
    ['that is none', () => check('c2sp.org/tlog-proof@v2\n', log.texts[index]!), 2],
    ['that is empty', () => check('', ''), 2],
  ] as const)('%s is not', (_, run, exit) => {
    const said = run()
    expect([said.exit, said.text]).toEqual([exit, expect.not.stringContaining('is in the log')])
  })

  test('says so to a program in JSON', () => {
    const { exit, text } = check(proof, log.texts[index]!, '--json')
    expect(exit).toBe(0)
    expect(JSON.parse(text)).toMatchObject({ verdict: 'whole', index: 17, id: (JSON.parse(log.texts[17]!) as { id: string }).id })
  })
})

describe('a witness', () => {
  test('who signed is named with the size and the time, and one who did not makes it incomplete', () => {
    const seen = createCosigner('witness.example/staff-side', createChance(8).bytes(32))
    const unseen = createCosigner('witness.example/other', createChance(9).bytes(32))
    const note = files.get('checkpoint')!.toString()
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    const cosigned = Buffer.from(note + seen.cosign(text, 1_780_000_000))
    const bundle = place('witnessed.zip', zipOf(new Map(files).set('checkpoint', cosigned)))
    const run = (...keys: string[]) => command(bundle, '--key', log.keys[0]!, ...keys.flatMap((key) => ['--witness', key]))
    const good = run(verifierKeyText(seen.key))
    expect([good.exit, good.text]).toEqual([0, expect.stringContaining('witness.example/staff-side saw')])
    expect(run(verifierKeyText(seen.key), verifierKeyText(unseen.key)).exit).toBe(3)
    const forged = Buffer.from(cosigned.toString().replace(/(staff-side .{12})./, '$1Q'))
    const bad = command(
      place('forged.zip', zipOf(new Map(files).set('checkpoint', forged))),
      '--key',
      log.keys[0]!,
      '--witness',
      verifierKeyText(seen.key),
    )
    expect([1, 3]).toContain(bad.exit)
  })
})
