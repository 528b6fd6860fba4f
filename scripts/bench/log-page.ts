import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type pg from 'pg'
import { fillLog } from '../../test/support/large-log.ts'
import { asSuperuser, startDatabase, type Household } from '../../test/support/process.ts'
import { keptOpen, send } from '../../test/support/process-http.ts'
import { line, megabytes, perSecond, spread, title } from './paper.ts'
import { cookieOf } from './sign-in.ts'
import { withWeb } from './web.ts'

/**
 * The auditor's page of the log, and the bundle, in the database of a service that was stopped: a web process without a worker, so that nothing else
 * looks at a log that was made past every guard.
 */
export async function measureLogPage({
  house,
  sizes,
  looks,
}: {
  house: Household
  sizes: readonly number[]
  looks: number
}): Promise<void> {
  const { dataDir } = house
  const server = await startDatabase(house)
  const client = await asSuperuser(house)
  try {
    for (const size of sizes) {
      title(`The log with ${size.toLocaleString('en-GB')} entries`)
      const began = performance.now()
      await fillLog(client, size)
      line('made in', `${((performance.now() - began) / 1000).toFixed(0)} s`)
      measureBundle(dataDir, size)
    }
    await measurePages(house, client, { size: sizes.at(-1)!, looks })
  } finally {
    await client.end()
    await server.stop()
  }
}

const bundleProcess = join(import.meta.dirname, '..', '..', 'test', 'support', 'bundle-memory.ts')

/** Written by a process of its own: memory that another part of the bench took would count too. */
function measureBundle(dataDir: string, size: number): void {
  const written = execFileSync(
    process.execPath,
    ['--max-semi-space-size=16', '--max-old-space-size=224', bundleProcess, dataDir, String(size)],
    {
      encoding: 'utf8',
    },
  )
  const { bytes, seconds, peakMegabytes } = JSON.parse(written) as { bytes: number; seconds: number; peakMegabytes: number }
  line('the bundle', `${megabytes(bytes)} MB, ${perSecond(size / seconds)} entries, memory at most ${peakMegabytes} MB`)
}

async function measurePages(house: Household, client: pg.Client, { size, looks }: { size: number; looks: number }): Promise<void> {
  const variants = await variantsOf(client, size)
  await withWeb(house, async (origin) => {
    const headers = { Cookie: await cookieOf(origin, 'auditor') }
    const agent = keptOpen()
    const warm = await warmUp(
      variants.map(
        ([, query]) =>
          () =>
            send(origin, `/log?${query}`, { headers, agent }),
      ),
    )
    line('warm-up', `each page ${warmRounds} times before anything is measured; the very first answer took ${warm.toFixed(0)} ms`)
    for (const [name, query] of variants) {
      await takeWaiting(client)
      const milliseconds: number[] = []
      for (let count = 0; count < looks; count += 1) {
        const began = performance.now()
        const answer = await send(origin, `/log?${query}`, { headers, agent })
        milliseconds.push(performance.now() - began)
        if (answer.status !== 200) throw new Error(`/log?${query} answers ${answer.status}`)
      }
      line(name, `${spread(milliseconds)}, at most ${Math.max(...milliseconds).toFixed(1)} ms`)
    }
    agent.destroy()
  })
}

/** Each look is an entry that waits; the integrator, which is not here, would take them within seconds. Only those of one page's own looks are left to wait. */
async function takeWaiting(client: pg.Client): Promise<void> {
  await client.query(`alter table staff_entry disable trigger user;
    delete from staff_entry e where (select p.index from log_position p where p.entry_id = e.id) is null;
    alter table staff_entry enable trigger user`)
}

const warmRounds = 5

/** A process that has just started reads its code and counts the days of the log once: that is told, and not measured. Answers with the first time. */
async function warmUp(pages: readonly (() => Promise<unknown>)[]): Promise<number> {
  const began = performance.now()
  await pages[0]?.()
  const first = performance.now() - began
  for (let round = 0; round < warmRounds; round += 1) for (const page of pages) await page()
  return first
}

/** Everything the page can be asked, alone and in pairs that no one index answers. */
async function variantsOf(client: pg.Client, size: number): Promise<[string, string][]> {
  const { rows } = await client.query<{ busy: string; quiet: string; concern: string }>(
    `select (select actor from log_position where actor is not null group by 1 order by count(*) desc limit 1) as busy,
       (select actor from log_position where actor is not null group by 1 order by count(*) limit 1) as quiet,
       (select concern from log_position where index between $1::bigint / 2 and $1::bigint / 2 + 500 and concern is not null limit 1) as concern`,
    [size],
  )
  const { busy, quiet, concern } = rows[0]!
  const lastYear = 'from=2025-11-22&to=2026-11-21'
  return [
    ['first page', ''],
    ['the middle', `before=${Math.floor(size / 2)}`],
    ['the end', 'before=30'],
    ['a common kind', 'kind=concern_viewed'],
    ['a rare kind', 'kind=concern_reopened'],
    ['a kind that is nowhere', 'kind=restore_declared'],
    ['cover entries', 'kind=cover'],
    ['a busy person', `actor=${busy}`],
    ['a quiet person, by eight digits', `actor=${quiet.slice(0, 8)}`],
    ['nobody', 'actor=00000000'],
    ['a concern', `concern=${concern}`],
    ['a day', 'from=2024-05-01&to=2024-05-01'],
    ['a year', lastYear],
    ['all years', 'from=2020-01-01&to=2026-12-31'],
    ['a rare kind in a year', `kind=concern_reopened&${lastYear}`],
    ['a common kind in the first month', 'kind=concern_viewed&from=2022-11-22&to=2022-12-21'],
    ['a busy person in the first month', `actor=${busy}&from=2022-11-22&to=2022-12-21`],
    ['a busy person and a rare kind', `actor=${busy}&kind=concern_reopened`],
    ['a busy person and a kind that is nowhere', `actor=${busy}&kind=restore_declared`],
    ['a busy person in a concern of another', `actor=${quiet}&concern=${concern}`],
    ['a busy person, deep', `actor=${busy}&before=2000`],
  ]
}
