import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readVerifierKey, Unusable, verifyBundle, type Verdict } from '../../scripts/verify-log.mjs'
import { startHandlingWorld, type HandlingWorld } from '../integration/concerns/handling-world.ts'
import { createDatabaseEdits, exchanged, hashOf, tamperings, type DatabaseEdits, type Statement } from '../support/database-edits.ts'
import { createChance } from '../support/honest-log/chance.ts'
import { integrateAll, takeBundle, verdictOfLog, type Taken } from '../support/verified-log.ts'

// The product's own log, from the first act to the auditor's own computer; then somebody who can write to the database and stops at nothing.

let world: HandlingWorld
let edits: DatabaseEdits
let taken: Taken
beforeAll(async () => {
  world = await startHandlingWorld()
  edits = createDatabaseEdits(world.database.asSuperuser)
  await live(world)
  await integrateAll(world)
  taken = await takeBundle(world)
})
afterAll(() => world.close())

/** Concerns on every road, one of them left uninvestigated by two people. */
async function live({ raise, bring, act, concerns, as, id, otp, write, clock }: HandlingWorld): Promise<void> {
  for (const end of ['acknowledged', 'investigating', 'referred', 'findings_ready', 'resolved'] as const) {
    const { id: concern, token } = await raise()
    clock.advance({ hours: 9 })
    await bring(concern, end)
    await write(token, 'Is there any news?')
    await integrateAll(world)
  }
  const { id: grave } = await raise()
  await bring(grave, 'triaged', { riskGrade: 'high' })
  const asked = await act('guardian', grave, 'resolve_without_investigation', {
    reasonCode: 'can_be_put_right_now',
    reason: 'The repair is ordered.',
    decidedBy: id('guardian'),
    approver: id('nonExecutive'),
    message: 'It is being repaired.',
  })
  const decision = { decision: 'approve', otp: otp('nonExecutive') } as const
  await concerns.decideApproval(as('nonExecutive'), grave, asked.pendingApproval!.id, decision)
  await concerns.viewContent(as('guardian'), grave)
  clock.advance({ hours: 72 })
  await concerns.viewQueue(as('guardian'), { limit: 10 })
}

const verdictOn = ({ file, key }: Taken, checkpoints: readonly string[] = []): Verdict =>
  verifyBundle({ file, keys: [readVerifierKey(key)], checkpoints })

describe('the log of a living service', () => {
  it('is whole, its approval signed and its deadlines worked out anew', () => {
    const verdict = verdictOn(taken)
    expect(verdict).toMatchObject({ verdict: 'whole', exitCode: 0, findings: [] })
    const notes = Object.fromEntries(verdict.checks.map(({ name, notes: said }) => [name, said.join(' ')]))
    expect(notes['approvals']).toBe('1 signature holds')
    expect(notes['limits']).toBe('6 deadlines were worked out anew')
    expect(verdict.checks.filter(({ result }) => result !== 'holds')).toEqual([])
  })

  // The system's own Node is an older one on many machines, and that is what auditors have
  it.each([process.execPath, '/usr/bin/node'])('is whole for the program alone, run by %s', (node) => {
    const script = join(import.meta.dirname, '..', '..', 'scripts', 'verify-log.mjs')
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' })
    if (version.error !== undefined || Number(/^v(\d+)/.exec(version.stdout)?.[1]) < 20) return
    const { status, stdout, stderr } = spawnSync(node, [script, taken.file, '--key', taken.key], { encoding: 'utf8', env: {} })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Verdict: WHOLE.')
  })

  it('says nothing of anybody that a bundle should not hold', () => {
    const text = spawnSync('sh', ['-c', `cat '${taken.file}'`], { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 }).stdout
    for (const secret of ['Is there any news', 'Grace Okafor', 'demo.test']) expect(text).not.toContain(secret)
  })
})

/** What an auditor finds while the change stands; then it is undone. */
async function changed(change: readonly Statement[], undo: readonly Statement[]): Promise<Verdict> {
  await edits.asOwner(change)
  try {
    return verdictOn(await takeBundle(world))
  } finally {
    await edits.asOwner(undo)
  }
}

/** The verdict, or in its place the refusal of a bundle whose checkpoint nobody signed. */
function statedOn(bundle: Taken): Pick<Verdict, 'exitCode' | 'findings'> {
  try {
    return verdictOn(bundle)
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return { exitCode: 2, findings: [] }
  }
}

describe('whatever is changed in the database by chance', () => {
  let putBack: () => Promise<void>
  beforeAll(async () => {
    putBack = await edits.keepTables()
  })

  // 7 kinds × 8 = 56 edits
  it.each(Object.keys(tamperings).flatMap((name) => Array.from({ length: 8 }, (_, seed) => [name, seed] as const)))(
    '%s (%i): is caught, and the entry named',
    async (name, seed) => {
      const { change, index } = await tamperings[name]!(edits, createChance(31 * seed + name.length), taken.size)
      await edits.asOwner(change)
      try {
        const found = statedOn(await takeBundle(world))
        expect([1, 2, 3]).toContain(found.exitCode)
        if (index !== null) expect(found.findings).toContainEqual(expect.objectContaining({ severity: 'tampered', index }))
      } finally {
        await putBack()
      }
    },
  )

  it('and put back as it was, it is whole again', async () => {
    expect(verdictOn(await takeBundle(world))).toMatchObject({ verdict: 'whole', exitCode: 0, findings: [] })
  })
})

describe('whoever writes to the database past its guards is caught, and the entry named:', () => {
  it.each([
    [
      'a step',
      `p.kind = 'concern_triaged'`,
      (text: string) => text.replace('"riskGrade":"high"', '"riskGrade":"low"').replace('medium', 'low'),
    ],
    ['an approval', `p.kind = 'approval_given'`, (text: string) => text.replace('approve', 'refused')],
    ['who acted', `p.kind = 'content_viewed'`, (text: string) => text.replace('"guardian"', '"auditor"')],
    ['when somebody acted', `p.kind = 'concern_acknowledged'`, (text: string) => text.replace(/T\d\d:/, 'T01:')],
    ['a promise', `p.kind = 'concern_raised'`, (text: string) => text.replace(/"acknowledgeBy":"[^"]+"/, '"acknowledgeBy":"2027-01-01"')],
    ['a cover entry', `p.lane = 'cover'`, (text: string) => text.replace('cover', 'other')],
  ] as const)('%s changed, with and without its hash', async (_, where, edit) => {
    const { table, id, text, index } = await edits.placed(where)
    const after = edit(text)
    expect(after).not.toBe(text)
    const undo = [`update ${table} set text = $2, hash = $3 where id = $1`, [id, text, hashOf(text)]] as const
    for (const hash of [hashOf(text), hashOf(after)]) {
      const verdict = await changed([[`update ${table} set text = $2, hash = $3 where id = $1`, [id, after, hash]]], [undo])
      expect(verdict.exitCode).toBe(1)
      expect(verdict.findings.filter(({ index: at, id: named }) => at === index || named === id)).not.toEqual([])
    }
  })

  it('two entries exchanged', async () => {
    const [a, b] = [await edits.placed(`p.kind = 'concern_acknowledged'`), await edits.placed(`p.kind = 'content_viewed'`)]
    const verdict = await changed(exchanged(a, b), exchanged({ ...b, index: a.index }, { ...a, index: b.index }))
    expect(verdict.exitCode).toBe(1)
    expect(verdict.findings.map(({ index }) => index)).toContain(Math.min(a.index, b.index))
  })

  it('a published hash changed', async () => {
    const { index } = await edits.placed(`p.kind = 'concern_resolved'`)
    const flip = `update log_position set hash = set_byte(hash, 3, get_byte(hash, 3) # 1) where index = $1`
    const tile = `update log_tile set hashes = set_byte(hashes, $1, get_byte(hashes, $1) # 1) where level = 0 and number = $2`
    const place = [32 * (index % 256), Math.floor(index / 256)]
    const both: Statement[] = [
      [flip, [index]],
      [tile, place],
    ]
    const verdict = await changed(both, both)
    expect(verdict.exitCode).toBe(1)
    expect(verdict.findings.map(({ index: at }) => at)).toContain(index)
  })

  it('the end of the log cut off, tree and checkpoints with it: the checkpoint that an auditor kept is missed', async () => {
    const kept = join(world.dataDir, 'kept')
    writeFileSync(kept, taken.note)
    const { rows } = await world.database.asSuperuser.query<{ size: string }>(
      'select size from log_checkpoint where size < $1 order by size desc limit 1',
      [taken.size],
    )
    expect(rows).toHaveLength(1)
    await edits.asOwner([['delete from log_checkpoint where size > $1', [rows[0]!.size]]])
    const verdict = verdictOn(await takeBundle(world), [kept])
    expect(verdict).toMatchObject({ exitCode: 3 })
    expect(verdict.findings.map(({ code }) => code)).toContain('behind')
  })

  it('the tree made anew by the service itself over entries that were changed: the kept checkpoint is of another log', async () => {
    const kept = join(world.dataDir, 'kept')
    const { table, id, text } = await edits.placed(`p.kind = 'queue_viewed'`)
    const other = text.replace(/"at":"\d{4}/, '"at":"2025')
    await edits.asOwner([
      [
        `update ${table} set text = $2::text, hash = $3, happened_at = ($2::text::json ->> 'at')::timestamptz where id = $1`,
        [id, other, hashOf(other)],
      ],
      ...['log_checkpoint', 'log_tile', 'log_position', 'cover_entry'].map((each) => [`delete from ${each}`, []] as const),
    ])
    // It signs what it is given: only what others kept shows it
    await verdictOfLog(world)
    const verdict = verdictOn(await takeBundle(world), [kept])
    expect([1, 3]).toContain(verdict.exitCode)
    expect(verdict.findings.some(({ code }) => code === 'another_log' || code === 'behind')).toBe(true)
  })
})
