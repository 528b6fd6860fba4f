import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { entryKinds } from '../../src/audit/index.ts'
import { startHandlingWorld } from '../integration/concerns/handling-world.ts'
import { startSigning } from '../support/log.ts'
import { mailFrom } from '../support/smtp-server.ts'
import { clockStories } from './clock-stories.ts'
import { decideInTwos, handleIt, protectAndKeep, raiseAndComeBack, recordAndLink } from './concern-stories.ts'
import { dutyStories } from './duty-stories.ts'
import { lookEverywhere } from './look-stories.ts'
import { loseAndRecover, type Leaves } from './lost-keys.ts'
import { changeWhoMay, forgetAName, keepAnAccount, tryDeadLinks } from './people-stories.ts'
import { reporterStories } from './reporter-stories.ts'
import { reportStories } from './report-stories.ts'
import { drawByChance } from './sample-story.ts'
import { changeSettings, runByItself } from './service-stories.ts'
import { beAway, leaveUnanswered } from './swept-clocks.ts'

/**
 * Every kind of entry in the catalogue, written by somebody's act through the service as it is put together: the stories below, in their order, and
 * at the end a list with nothing left out. A kind that nobody writes, or a story that no longer leaves its entries, fails here.
 */
const world = await startHandlingWorld({ mailFrom })
const signing = startSigning(world)
const folder = mkdtempSync(join(tmpdir(), 'forthright-every-'))
const seen = new Set<string>()
afterAll(async () => {
  expect(world.unexpected).toEqual([])
  await signing.close()
  await world.close()
  rmSync(folder, { recursive: true })
})

/** What a story must leave behind: entries that were not there before it, or more of them. */
const leaves: Leaves = async (kinds, story, database = world.database) => {
  const count = async () => {
    const { rows } = await database.asSuperuser.query<{ kind: string; n: string }>(
      'select kind, count(*) as n from (select kind from staff_entry union all select kind from reporter_entry) as every group by kind',
    )
    return new Map(rows.map(({ kind, n }) => [kind, Number(n)]))
  }
  const before = await count()
  await story()
  const after = await count()
  expect(kinds.filter((kind) => (after.get(kind) ?? 0) <= (before.get(kind) ?? 0))).toEqual([])
  for (const kind of kinds) seen.add(kind)
}

test('what a reporter does', () => raiseAndComeBack(world, leaves))

test('what a guardian does with a concern', () => handleIt(world, leaves))

test('what two people decide', () => decideInTwos(world, leaves))

test('what is recorded for somebody, and what belongs together', () => recordAndLink(world, leaves))

test('what a guardian does about bad treatment, and keeps beside the steps', () => protectAndKeep(world, leaves))

test('every look at what is sealed, every copy taken away, every search and every attempt that was refused', () =>
  lookEverywhere(world, signing, leaves))

test('reports, looked at and taken away', () => reportStories(world, leaves))

test('what becomes of a concern that an auditor drew', () => drawByChance(world, signing, leaves))

test('who came in and out, and what they did with their own account', () => keepAnAccount(world, leaves))

test('who may do what: coming, going, new rights, a lost second factor, and the list that guardians sign', () =>
  changeWhoMay(world, leaves))

test('a link that ran out, was used or withdrawn, and is tried all the same', () => tryDeadLinks(world, leaves))

test('what the service is told, and what the rest is judged by', () => changeSettings(world, leaves))

test('what the service does by itself: signs, mails, is backed up, and comes back from a backup', () => runByItself(world, signing, leaves))

test('who is away', () => beAway(world, leaves))

test('what the clock says where nobody answers', () => leaveUnanswered(world, leaves))

test('the name of somebody who left is forgotten when its time is over', () => forgetAName(world, signing, leaves))

test('what is done to clocks, and with what was agreed', () => clockStories(world, leaves))

test('what the organisation owes, and a limit that is announced and taken back', () => dutyStories(world, leaves))

test('a trust from its beginning, whose guardian loses every key and gets them back', () => loseAndRecover(folder, leaves))

// Months go by in it: what comes before has dates of its own
test('what a broken promise opens, and the check that the person answers', () => reporterStories(world, leaves))

test('leaves no kind of entry out', () => {
  expect(Object.keys(entryKinds).filter((kind) => !seen.has(kind))).toEqual([])
})
