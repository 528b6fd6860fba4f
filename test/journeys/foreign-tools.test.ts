import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPace } from '../../src/audit/index.ts'
import { leafHash } from '../../src/audit/merkle/index.ts'
import {
  createCosigner,
  createNoteSigner,
  formatCheckpoint,
  parseCheckpoint,
  signNote,
  splitNote,
  verifierKeyText,
} from '../../src/audit/notes/index.ts'
import { createReadTile } from '../../src/audit/tile-store.ts'
import { addConcerns, addStaffEntries, startLogStage } from '../support/log.ts'
import { writePublished, type Published } from '../support/published-folder.ts'
import { createSmallLog, type SmallLog } from '../support/small-log.ts'

/** Where Debian's golang-golang-x-mod-dev has the packages. */
const debian = '/usr/share/gocode'
const found = spawnSync('go', ['version']).status === 0 && existsSync(join(debian, 'src/golang.org/x/mod/sumdb/tlog'))

if (!found) {
  describe('a foreign tool', () => {
    it('is missing on this machine, which CI does not let pass', () => {
      console.log('The log is not held against a foreign tool here: no go, or no golang-golang-x-mod-dev.')
      expect(process.env['CI']).not.toBe('true')
    })
  })
}

const witness = createCosigner('witness.trust-b.example/1', leafHash('the key of a witness'))
const cosigned = (note: string): string => `${note}${witness.cosign(splitNote(note).text, 1_763_800_000)}`

/** Runs the Go program once over every folder: what it says of each, by the folder's name. */
function askGo(keys: readonly string[], folders: readonly string[]): Map<string, string> {
  const flags = [...keys.flatMap((key) => ['-key', key]), '-witness', verifierKeyText(witness.key)]
  const cache = ['GOCACHE', 'XDG_CACHE_HOME', 'HOME'].some((name) => process.env[name]) ? {} : { GOCACHE: join(tmpdir(), 'go-build') }
  const ran = spawnSync('go', ['run', '.', ...flags, ...folders], {
    cwd: join(import.meta.dirname, '..', 'foreign'),
    encoding: 'utf8',
    timeout: 240_000,
    // as Debian lays its Go packages out; nothing is fetched
    env: { ...process.env, ...cache, GO111MODULE: 'off', GOPATH: debian, GOFLAGS: '', GOPROXY: 'off' },
  })
  const lines = ran.stdout.trimEnd().split('\n')
  if (lines.length !== folders.length) throw new Error(`go said:\n${ran.stdout}${ran.stderr}`)
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]))
}

async function publishedBy(log: SmallLog, sizes: readonly number[]): Promise<Published> {
  const notes = await Promise.all(sizes.map((size) => log.note(size)))
  const entries = Array.from({ length: sizes.at(-1)! }, (_, at) => `entry ${at}`)
  return { entries, readTile: log.readTile, notes: [...notes.slice(0, -1), cosigned(notes.at(-1)!)] }
}

/** The product's own log, from a real database: written by its integrator, signed with its key. */
async function writeOwnLog(folder: string): Promise<string> {
  const stage = await startLogStage()
  try {
    const raised = Temporal.Instant.from('2026-11-23T10:00:00Z')
    await addConcerns(stage.app, 20, { raised, later: 1, staff: 3 })
    for (const [count, time] of [
      [100, '2026-11-23T12:20:00Z'],
      [700, '2026-11-24T00:20:00Z'],
      [0, '2026-11-24T06:20:00Z'],
    ] as const) {
      await addStaffEntries(stage.app, count, raised)
      await stage.integrator().integrate(Temporal.Instant.from(time))
    }
    await stage.integrator(demonstrationPace).integrate(Temporal.Instant.from('2026-11-24T06:30:00Z'))

    const admin = stage.database.asSuperuser
    const notes = await admin.query<{ note: string }>('select note from log_checkpoint order by size')
    const entries = await admin.query<{ text: string }>(
      `select coalesce(s.text, r.text, c.text) as text from log_position p left join staff_entry s on s.id = p.entry_id
       left join reporter_entry r on r.id = p.entry_id left join cover_entry c on c.id = p.entry_id order by p.index`,
    )
    const [key] = (await admin.query<{ verifier_key: string }>('select verifier_key from log_key')).rows
    const all = notes.rows.map(({ note }) => note)
    await stage.database.database.read((tx) =>
      writePublished(folder, {
        entries: entries.rows.map(({ text }) => text),
        readTile: createReadTile(tx),
        notes: [...all.slice(0, -1), cosigned(all.at(-1)!)],
      }),
    )
    return key!.verifier_key
  } finally {
    await stage.close()
  }
}

const flip = (path: string, at: number): void => {
  const bytes = readFileSync(path)
  bytes[at]! ^= 1
  writeFileSync(path, bytes)
}

const edit = (path: string, change: (text: string) => string): void => writeFileSync(path, change(readFileSync(path, 'utf8')))

describe.skipIf(!found)("Go's own packages for checksum logs", () => {
  const root = mkdtempSync(join(tmpdir(), 'forthright-foreign-'))
  const size = 300
  let said: Map<string, string>

  /** What somebody did to a copy, and the step at which Go must notice. */
  const tampered: Record<
    string,
    { readonly step: string; readonly tamper: (folder: string, log: SmallLog, fork: SmallLog) => Promise<void> | void }
  > = {
    'another-root-signed': {
      step: 'entries',
      tamper: (folder, log) => {
        const text = formatCheckpoint({
          ...parseCheckpoint(splitNote(readFileSync(join(folder, 'checkpoint'), 'utf8')).text),
          root: leafHash('x'),
        })
        writeFileSync(join(folder, 'checkpoint'), cosigned(signNote(text, [log.signer])))
      },
    },
    'another-root': {
      step: 'checkpoint',
      tamper: (folder) => edit(join(folder, 'checkpoint'), (text) => text.replace(/\n[A-Za-z0-9+/]{4}/, '\nAAAA')),
    },
    'another-size': {
      step: 'checkpoint',
      tamper: (folder) => edit(join(folder, 'checkpoint'), (text) => text.replace('\n300\n', '\n299\n')),
    },
    'another-key': {
      step: 'checkpoint',
      tamper: (folder, log) => {
        const { text } = splitNote(readFileSync(join(folder, 'checkpoint'), 'utf8'))
        writeFileSync(join(folder, 'checkpoint'), cosigned(signNote(text, [createNoteSigner(log.signer.key.name, leafHash('a thief'))])))
      },
    },
    'no-witness': { step: 'checkpoint', tamper: async (folder, log) => writeFileSync(join(folder, 'checkpoint'), await log.note(size)) },
    'bent-tile': { step: 'tiles', tamper: (folder) => flip(join(folder, 'tile/0/000'), 4000) },
    'bent-last-tile': { step: 'tiles', tamper: (folder) => flip(join(folder, 'tile/0/001.p/44'), 0) },
    'bent-entry': { step: 'entries', tamper: (folder) => flip(join(folder, 'tile/entries/000'), 700) },
    'forked-before': {
      step: 'older checkpoints',
      tamper: async (folder, _, fork) => writeFileSync(join(folder, 'checkpoints/200'), await fork.note(200)),
    },
    'bent-proof': {
      step: 'proofs',
      tamper: (folder) => edit(join(folder, 'proofs/100'), (text) => text.replace(/\n[A-Za-z0-9+/]{4}(?=[A-Za-z0-9+/]{39}=\n)/, '\nAAAA')),
    },
    'proof-of-another': {
      step: 'proofs',
      tamper: (folder) =>
        edit(join(folder, 'proofs/100'), () => readFileSync(join(folder, 'proofs/1'), 'utf8').replace('index 1\n', 'index 100\n')),
    },
    'bent-consistency': {
      step: 'consistency',
      tamper: (folder) => edit(join(folder, 'consistency/200-300'), (text) => `AAAA${text.slice(4)}`),
    },
  }

  beforeAll(async () => {
    const small = await createSmallLog('forthright/small', size)
    const fork = await createSmallLog('forthright/small', size, 150)
    const large = await createSmallLog('forthright/large', 66_000)
    const ownKey = await writeOwnLog(join(root, 'own'))
    await writePublished(join(root, 'small'), await publishedBy(small, [1, 2, 200, 256, 257, size]))
    await writePublished(join(root, 'large'), await publishedBy(large, [255, 65_535, 65_536, 65_537, 66_000]))
    for (const [name, { tamper }] of Object.entries(tampered)) {
      cpSync(join(root, 'small'), join(root, name), { recursive: true })
      await tamper(join(root, name), small, fork)
    }
    const keys = [ownKey, ...[small, large].map(({ signer }) => verifierKeyText(signer.key))]
    said = askGo(
      keys,
      ['own', 'small', 'large', ...Object.keys(tampered)].map((name) => join(root, name)),
    )
  }, 300_000)

  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('find the log of a real database whole: notes, tiles, entries, proofs and every checkpoint', () => {
    expect(said.get('own')).toBe('whole')
    const { size: reached } = parseCheckpoint(splitNote(readFileSync(join(root, 'own/checkpoint'), 'utf8')).text)
    expect([reached > 900, reached % 256 > 0]).toEqual([true, true])
  })

  it('find a log whole that has three levels of tiles', () => {
    expect(existsSync(join(root, 'large/tile/2/000.p/1'))).toBe(true)
    expect([said.get('small'), said.get('large')]).toEqual(['whole', 'whole'])
  })

  it.each(Object.entries(tampered))('refuse it with %s', (name, { step }) => {
    expect(said.get(name)).toMatch(new RegExp(`^refused: ${step}: `))
  })
})
