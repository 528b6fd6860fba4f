/**
 * `npm test`: the check, then every suite. What follows `--` goes to vitest (`npm test -- unit/http`). Browser tests need the system's
 * Chromium; without it they are left out, which is a failure where `CI` is true. The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '../test/support/browser-path.ts'

const root = join(import.meta.dirname, '..')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')

interface Results {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

function node(args: readonly string[]): boolean {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0
}

/** Passed and failed tests; a file that could not even be loaded counts as one failed. */
function count(file: string, succeeded: boolean): { readonly passed: number; readonly failed: number } {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as Results
    const unloaded = results.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    ).length
    const failed = results.numFailedTests + unloaded
    return { passed: results.numPassedTests, failed: succeeded ? failed : Math.max(1, failed) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const browser = findBrowser()
const browserNeeded = process.env['CI'] === 'true'
if (browser === null) console.log('No Chromium found: browser tests are left out. Install it or set CHROMIUM_PATH.')

const checked = node(['scripts/check.ts'])

const folder = mkdtempSync(join(tmpdir(), 'forthright-test-'))
const report = join(folder, 'results.json')
const withoutBrowser = browser === null ? ['--exclude', '**/browser/**'] : []
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const succeeded = node([vitest, 'run', '--config', 'test/vitest.config.ts', ...reporters, ...withoutBrowser, ...process.argv.slice(2)])
const { passed, failed } = count(report, succeeded)
rmSync(folder, { recursive: true, force: true })

if (!checked) console.log('The check failed: see the top.')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = checked && succeeded && failed === 0 && !(browser === null && browserNeeded) ? 0 : 1
