/**
 * Concerns in bulk, for measuring how the service carries the weight of years: sealed by the product's own functions, each with keys, grants,
 * entry and all, so that every one of them opens; only their way into the tables is short (arrays, without the deferred guards).
 */
import type pg from 'pg'
import type { Directory } from '../../src/accounts/index.ts'
import { composeRaising, type Raising } from '../../src/concerns/raising/compose-raising.ts'
import type { ConcernSettings } from '../../src/concerns/dependencies.ts'
import { raiseInput } from '../../src/concerns/index.ts'
import { chooseRecipients } from '../../src/concerns/raising/recipients.ts'
import { londonDate, systemRandom } from '../../src/kernel/index.ts'
import { clocksOf, type ClockReading } from '../../src/timeliness/index.ts'

export interface BulkWorld {
  readonly directory: Directory
  readonly settings: ConcernSettings
  readonly tokenPepper: Uint8Array
  /** Bodies of `POST /concerns`, taken in turn. */
  readonly bodies: readonly unknown[]
}

const batch = 250

/** Adds this many concerns, raised over the last two years. `client` is the superuser. */
export async function addInBulk(client: pg.Client, world: BulkWorld, count: number): Promise<void> {
  const compose = composer(world)
  await client.query('set session_replication_role = replica')
  for (let done = 0; done < count; done += batch) {
    const raisings = Array.from({ length: Math.min(batch, count - done) }, (_, at) => compose(done + at))
    await client.query('begin')
    for (const [table, columns] of Object.entries(columnsOf(raisings))) await client.query(insertArrays(table, columns))
    await client.query('commit')
  }
  await client.query('reset session_replication_role')
}

function composer({
  directory,
  settings,
  tokenPepper,
  bodies,
}: BulkWorld): (place: number) => Raising & { readonly danger: boolean; readonly openness: string } {
  const inputs = bodies.map((body) => raiseInput.parse(body))
  const group = settings.intakeGroups[0]!.id
  const chosen = inputs.map((input) => chooseRecipients(directory, group, input))
  const today = Temporal.Now.instant()
  const clocks = new Map<string, ClockReading>()
  const clockOn = (now: Temporal.Instant): ClockReading => {
    const on = londonDate(now)
    const known =
      clocks.get(on) ?? clocksOf([{ kind: 'received', on }], settings.rules, settings.calendar, on).find(({ code }) => code === 'T1')!
    clocks.set(on, known)
    return known
  }
  return (place) => {
    const now = today.subtract({ hours: 24 * ((place * 7919) % 730) })
    const at = place % inputs.length
    const input = inputs[at]!
    const world = {
      random: systemRandom,
      tokenPepper,
      // Nobody opens what lies under it here
      dutyKey: directory.recoveryKey,
      directory,
      recipients: chosen[at]!,
      intakeGroupId: group,
      categories: [],
      acknowledge: clockOn(now),
      next: clockOn(now),
      raisedOn: londonDate(now),
      channel: 'web_form' as const,
      now,
    }
    return { ...composeRaising(world, input), danger: input.immediateDanger === 'yes', openness: input.openness }
  }
}

type Columns = Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>

function columnsOf(raisings: readonly (Raising & { danger: boolean; openness: string })[]): Record<string, Columns> {
  const each = <T>(value: (raising: Raising & { danger: boolean; openness: string }) => T) => raisings.map(value)
  const bytes = (value: Uint8Array) => Buffer.from(value)
  const parts = raisings.flatMap(({ id, parts: own }) => own.map((part) => ({ ...part, concernId: id })))
  const grants = raisings.flatMap((raising) => raising.grants)
  const items = raisings.flatMap(({ items: own, raisedOn }) => own.map((item, at) => ({ ...item, number: at + 1, raisedOn })))
  return {
    concern: {
      id: ['uuid', each(({ id }) => id)],
      reference: ['text', each(({ reference }) => reference)],
      log_alias: ['uuid', each(({ logAlias }) => logAlias)],
      intake_group_id: ['uuid', each(({ intakeGroupId }) => intakeGroupId)],
      status: ['text', each(() => 'raised')],
      version: ['int', each(() => 1)],
      raised_on: ['date', each(({ raisedOn }) => raisedOn)],
      channel: ['text', each(() => 'web_form')],
      openness: ['text', each(({ openness }) => openness)],
      danger: ['boolean', each(({ danger }) => danger)],
      open_detriment: ['boolean', each(() => false)],
      second_approver_required: ['boolean', each(() => false)],
      next_clock_code: ['text', each(({ next }) => next.code)],
      next_clock_due: ['date', each(({ next }) => next.dueOn)],
      header_item_id: ['uuid', each(({ headerItemId }) => headerItemId)],
      staff_log_count: ['int', each(() => 0)],
      reporter_log_count: ['int', each(() => 1)],
      reporter_log_head: ['bytea', each(({ entry }) => bytes(entry.hash))],
    },
    reporter_key: {
      concern_id: ['uuid', each(({ id }) => id)],
      locator: ['bytea', each(({ reporter }) => bytes(reporter.locator))],
      wrapped_keys: ['bytea', each(({ reporter }) => bytes(reporter.wrappedKeys))],
      box_key: ['bytea', each(({ reporter }) => bytes(reporter.boxKey))],
      sign_key: ['bytea', each(({ reporter }) => bytes(reporter.signKey))],
    },
    compartment: {
      id: ['uuid', parts.map(({ id }) => id)],
      concern_id: ['uuid', parts.map(({ concernId }) => concernId)],
      kind: ['text', parts.map(({ kind }) => kind)],
      epoch: ['int', parts.map(({ epoch }) => epoch)],
      public_key: ['bytea', parts.map(({ keys }) => bytes(keys.publicKey))],
    },
    key_grant: {
      id: ['uuid', grants.map(({ id }) => id)],
      concern_id: ['uuid', grants.map(({ concernId }) => concernId)],
      compartment_id: ['uuid', grants.map(({ compartmentId }) => compartmentId)],
      kind: ['text', grants.map(({ kind }) => kind)],
      epoch: ['int', grants.map(({ epoch }) => epoch)],
      holder: ['text', grants.map(({ holder }) => holder)],
      sealed: ['bytea', grants.map(({ sealed }) => bytes(sealed))],
    },
    reporter_item: {
      id: ['uuid', items.map(({ id }) => id)],
      concern_id: ['uuid', items.map(({ concernId }) => concernId)],
      compartment_id: ['uuid', items.map(({ compartmentId }) => compartmentId)],
      kind: ['text', items.map(({ kind }) => kind)],
      epoch: ['int', items.map(({ epoch }) => epoch)],
      version: ['int', items.map(({ version }) => version)],
      number: ['int', items.map(({ number }) => number)],
      written_on: ['date', items.map(({ raisedOn }) => raisedOn)],
      item_key: ['bytea', items.map(({ itemKey }) => bytes(itemKey))],
      ciphertext: ['bytea', items.map(({ ciphertext }) => bytes(ciphertext))],
      signature: ['bytea', items.map(({ signature }) => bytes(signature))],
    },
    reporter_entry: {
      id: ['uuid', each(({ entry }) => entry.id)],
      concern_id: ['uuid', each(({ id }) => id)],
      number: ['int', each(() => 1)],
      kind: ['text', each(({ entry }) => entry.draft.kind)],
      happened_on: ['date', each(({ raisedOn }) => raisedOn)],
      text: ['text', each(({ entry }) => entry.text)],
      hash: ['bytea', each(({ entry }) => bytes(entry.hash))],
    },
  }
}

function insertArrays(table: string, columns: Columns): pg.QueryConfig {
  const names = Object.keys(columns).join(', ')
  const arrays = Object.values(columns).map(([type], at) => `$${at + 1}::${type}[]`)
  return {
    name: `bulk ${table}`,
    text: `insert into ${table} (${names}) select * from unnest(${arrays.join(', ')})`,
    values: Object.values(columns).map(([, values]) => values),
  }
}
