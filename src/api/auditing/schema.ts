import { z } from 'zod'
import { exceptionCodes, longestNote } from '../../audit/index.ts'
import { readDate } from '../../kernel/index.ts'

const index = z.int().nullable().meta({ description: 'The place in the tree; null until it has one.' })
const next = z.int().nullable().meta({ description: 'Send it for the page after; null on the last.' })
const entry = z.strictObject({ index, entry: z.string().meta({ description: 'The exact canonical text that was hashed.' }) })
export const namesAnswer = z
  .array(
    z.strictObject({
      alias: z.string(),
      state: z.enum(['known', 'destroyed', 'not_genuine']),
      name: z.string().nullable(),
    }),
  )
  .meta({ description: 'Who stands behind aliases of staff, as long as it is kept and fits what the log committed to.' })
const names = namesAnswer
const day = z
  .string()
  .refine((text) => readDate(text) !== null, { params: { code: 'not_a_date' }, message: 'Write a real date, like 2026-12-18.' })
const place = z.coerce.number().int().min(0).optional()
const inOrder = { params: { code: 'before_start' }, path: ['to'], message: 'The last day must not be before the first.' }
const areInOrder = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): boolean =>
  from === undefined || to === undefined || from <= to

export const searchAnswer = z
  .strictObject({
    items: z.array(entry),
    next,
    waiting: z.array(entry).meta({ description: 'What fits and waits for its place, newest first: on the first page alone.' }),
    more: z.boolean().meta({ description: 'More wait than are given.' }),
    names,
    size: z.int(),
    covers: z.int(),
  })
  .meta({ id: 'LogSearch' })

export const entryQuery = z.strictObject({ check: z.literal('yes').optional() })

const holds = z.boolean().nullable()
export const entryAnswer = z
  .strictObject({
    index: z.int(),
    entry: z.string(),
    hash: z.string(),
    before: z.int().nullable().meta({ description: 'The place of the entry before it in its lane of its concern.' }),
    after: z.int().nullable(),
    names,
    checks: z
      .strictObject({
        text: z.boolean(),
        signed: z.boolean(),
        included: z.boolean(),
        follows: holds,
        followed: holds,
        size: z.int(),
        publishedAt: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'LogEntry' })

const finding = z.strictObject({
  severity: z.string(),
  check: z.string(),
  code: z.string(),
  message: z.string(),
  index,
  id: z.string().nullable(),
})
export const checksAnswer = z
  .strictObject({
    runningSince: z.string().nullable(),
    items: z.array(
      z.strictObject({
        checkedAt: z.string(),
        verdict: z.enum(['whole', 'tampered', 'unusable', 'incomplete', 'restored', 'not_finished']),
        entries: z.int(),
        size: z.int(),
        askedBy: z.string().nullable(),
        milliseconds: z.int(),
        checks: z.array(z.strictObject({ title: z.string(), result: z.string() })),
        findings: z.array(finding),
      }),
    ),
  })
  .meta({ id: 'LogChecks' })

export const comparisonInput = z.strictObject({ note: z.string().max(longestNote) })
export const comparisonAnswer = z
  .strictObject({
    verdict: z.enum(['same_line', 'before_restore', 'does_not_fit', 'not_ours', 'malformed', 'nothing_signed']),
    theirs: z.int().nullable(),
    ours: z.int().nullable(),
    comparedAt: z.string(),
  })
  .meta({ id: 'LogComparison' })

export const accessQuery = z
  .strictObject({ from: day.optional(), to: day.optional(), openedBefore: place, readBefore: place })
  .refine(areInOrder, inOrder)
const found = z.strictObject({ items: z.array(entry), next, waiting: z.array(entry), more: z.boolean() })
export const accessAnswer = z.strictObject({ opened: found, read: found, names }).meta({ id: 'LogAccess' })

export const peopleAnswer = z
  .strictObject({
    on: z.string(),
    whole: z.boolean(),
    names,
    items: z.array(
      z.strictObject({
        alias: z.string(),
        standing: z.enum(['in', 'awaited', 'invited', 'out']),
        roles: z.array(z.string()),
        deputy: z.boolean(),
        since: z.string(),
        kind: z.string(),
        index,
        keysGiven: z.int(),
      }),
    ),
  })
  .meta({ id: 'LogPeople' })

export const exceptionsQuery = z
  .strictObject({ from: day.optional(), to: day.optional(), kind: z.enum(exceptionCodes).optional(), before: place })
  .refine(areInOrder, inOrder)
export const exceptionsAnswer = z
  .strictObject({
    names,
    items: z.array(
      z.strictObject({
        kind: z.enum(exceptionCodes),
        count: z.int(),
        whole: z.boolean(),
        next,
        exceptions: z.array(z.strictObject({ index, with: index, person: z.string().nullable(), entries: z.int() })),
      }),
    ),
  })
  .meta({ id: 'LogExceptions' })
