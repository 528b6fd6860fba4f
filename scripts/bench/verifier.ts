import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeHonestBundle } from '../../test/support/honest-log/large.ts'
import type { Verdict } from '../verify-log.mjs'
import { line, megabytes, perSecond, title } from './paper.ts'

/** How fast an auditor's own computer checks a log, and in how much memory. False where the verifier found fault with an honest log. */
export async function measureVerifier(entries: number): Promise<boolean> {
  title(`Verifier, ${entries.toLocaleString('en-GB')} entries`)
  const folder = mkdtempSync(join(tmpdir(), 'forthright-bench-verifier-'))
  try {
    const file = join(folder, 'bundle.zip')
    const key = await writeHonestBundle(file, entries)
    const verifier = join(import.meta.dirname, '..', 'verify-log.mjs')
    const run = spawnSync(process.execPath, [verifier, file, '--key', key, '--json', '--speed'], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const { verdict, seconds, entriesPerSecond, speed } = JSON.parse(run.stdout) as Verdict
    line('the bundle', `${megabytes(statSync(file).size)} MB`)
    line('verdict', `${verdict} in ${seconds.toFixed(1)} s`)
    line('entries', `${perSecond(entriesPerSecond)} (we aim at 40000)`)
    line(
      'plain hashes of an entry in the same run',
      `${perSecond(speed?.rawHashesPerSecond ?? 0)}; ${((speed?.shareOfTime ?? 0) * 100).toFixed(0)} % of the time`,
    )
    line('memory at most', `${speed?.peakMegabytes ?? 0} MB (we aim at less than 400)`)
    return verdict === 'whole'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
