import { z } from 'zod'
import {
  countingUnits,
  escalationSteps,
  noteDays,
  officialElements,
  onCallDays,
  snippetUses,
  textKinds,
  textMarks,
} from '../../settings/index.ts'
import { forces, limitUnits } from '../../timeliness/index.ts'
import { date, id, instant } from '../shapes.ts'

const seen = z.string().meta({ description: 'The state that was read. Send it back with a change.' })
const listed = <Item extends z.ZodType>(item: Item) => z.strictObject({ seen, items: z.array(item) })

export const madeAnswer = z.strictObject({ id }).meta({ id: 'SettingMade' })
export const doneAnswer = z.strictObject({ changed: z.literal(true) }).meta({ id: 'SettingChanged' })

export const intakeGroupsAnswer = listed(
  z.strictObject({
    id,
    name: z.string(),
    takesUnsure: z.boolean().meta({ description: 'Concerns whose writer was not sure come here.' }),
    guardians: z.array(z.string()).meta({ description: 'By name. None: its concerns go to the non-executive lead.' }),
  }),
).meta({ id: 'IntakeGroups' })
export const sitesAnswer = listed(
  z.strictObject({ id, name: z.string(), retiredOn: date.nullable().meta({ description: 'Null while it is in use.' }) }),
).meta({ id: 'Sites' })

export const categoriesAnswer = listed(
  z.strictObject({
    id,
    code: z.string(),
    label: z.string(),
    hint: z.string(),
    element: z.enum(officialElements).nullable(),
    source: z.string(),
    validFrom: date,
    validTo: date.nullable(),
  }),
).meta({ id: 'Categories' })

const textVersion = z.strictObject({
  id,
  version: z.int(),
  kind: z.enum(textKinds),
  heading: z.string(),
  body: z.string(),
  quote: z.string().nullable(),
  source: z.string(),
  sourceDate: z.string(),
  readOn: date,
  mark: z.enum(textMarks),
  checked: z.boolean(),
  validFrom: date,
  enteredOn: date,
  digest: z.string(),
})
export const textsAnswer = z
  .strictObject({ items: z.array(z.strictObject({ key: z.string(), seen, versions: z.array(textVersion) })) })
  .meta({ id: 'Texts' })
export const publishedAnswer = z.strictObject({ id, version: z.int(), digest: z.string() }).meta({ id: 'TextPublished' })

export const contactsAnswer = listed(z.strictObject({ name: z.string(), detail: z.string(), way: z.string(), source: z.string() })).meta({
  id: 'Contacts',
})
const mailStanding = z
  .strictObject({
    setUp: z.boolean().meta({ description: 'Whether there is a mail server. Without one nothing is sent.' }),
    waiting: z.int(),
    waitingSince: instant.nullable().meta({ description: 'When the one was written that waits longest, calls for danger aside.' }),
    failed: z.int().meta({ description: 'Tried for over an hour. They are tried on.' }),
    fault: z.enum(['unreachable', 'not_encrypted', 'login_refused', 'address_refused', 'letter_refused']).nullable(),
    lastSentAt: instant.nullable(),
  })
  .meta({ description: 'How letters get out.' })
export const mailAnswer = z
  .strictObject({ seen, noteTimes: z.array(z.string()), noteDays: z.enum(noteDays), mail: mailStanding })
  .meta({ id: 'MailSettings' })
export const onCallAnswer = z
  .strictObject({
    seen,
    people: z.array(
      z.strictObject({
        name: z.string(),
        number: z.string(),
        email: z.string(),
        days: z.enum(onCallDays),
        from: z.string(),
        until: z.string(),
      }),
    ),
    outside: z.string(),
    patience: z.int().meta({ description: 'Minutes after which the next is called.' }),
    callsSetUp: z.boolean().meta({ description: 'Whether text messages or pagers are set up beside mail.' }),
  })
  .meta({ id: 'OnCall' })
export const snippetItem = z
  .strictObject({
    code: z.string(),
    title: z.string(),
    text: z.string(),
    uses: z.array(z.enum(snippetUses)).meta({ description: 'Where it is offered.' }),
    grade: z.number().meta({ description: 'Flesch–Kincaid.' }),
    longestSentence: z.int().meta({ description: 'In words.' }),
    hard: z.boolean().meta({ description: 'Harder than a page for people who raise concerns may be.' }),
  })
  .meta({ id: 'Snippet' })
export const snippetsAnswer = z.strictObject({ seen, items: z.array(snippetItem) }).meta({ id: 'Snippets' })
export const readersAnswer = z
  .strictObject({
    seen,
    mail: mailStanding,
    items: z.array(z.strictObject({ id, role: z.string(), name: z.string(), address: z.string() })),
  })
  .meta({ id: 'CheckpointReaders' })
export const contactsReplacedAnswer = z.strictObject({ count: z.int() })

export const serviceAnswer = z
  .strictObject({ seen, leaveTo: z.string(), teamName: z.string(), open: z.boolean(), notice: z.string() })
  .meta({ id: 'ServiceSettings' })
export const brandAnswer = z
  .strictObject({
    seen,
    serviceName: z.string(),
    organisationName: z.string(),
    headerColour: z.string(),
    headerTextColour: z.string(),
    nhsLook: z.boolean(),
  })
  .meta({ id: 'BrandSettings' })
export const coverAnswer = z.strictObject({ seen, silentDays: z.int(), source: z.string() }).meta({ id: 'CoverSettings' })
export const namesAnswer = z.strictObject({ seen, years: z.int(), source: z.string() }).meta({ id: 'NameSettings' })
export const organisationAnswer = z
  .strictObject({
    seen,
    name: z.string(),
    odsCode: z.string().nullable(),
    countingUnit: z.enum(countingUnits),
    countingUnitSource: z.string(),
  })
  .meta({ id: 'OrganisationSettings' })

export const calendarAnswer = z
  .strictObject({
    seen,
    until: date.nullable(),
    publishedUntil: date.nullable(),
    endsSoon: z.boolean().meta({ description: 'The table ends within twelve months.' }),
    items: z.array(z.strictObject({ date, title: z.string(), source: z.string(), projected: z.boolean(), enteredOn: date })),
  })
  .meta({ id: 'Calendar' })

/** Never which concern: who looks after settings may be who one is about. */
const moved = z.array(z.strictObject({ clock: z.string(), before: date.nullable(), after: date.nullable(), clocks: z.int() }))

const holiday = z.strictObject({ date, title: z.string() })
export const importAnswer = z
  .strictObject({
    added: z.array(holiday),
    confirmed: z.array(holiday).meta({ description: 'Were projected, and are published now.' }),
    left: z.int().meta({ description: 'Published already.' }),
    doubtful: z.array(holiday).meta({ description: 'Projected, and not in the file. They stay.' }),
    past: z.array(date).meta({ description: 'Over, and not in the table. They stay out.' }),
    moved: moved,
  })
  .meta({ id: 'CalendarImport' })

export const limitsAnswer = listed(
  z.strictObject({
    code: z.string(),
    version: z.int(),
    label: z.string(),
    limit: z.int(),
    unit: z.enum(limitUnits),
    force: z.enum(forces),
    source: z.string(),
    validFrom: date,
    warnBefore: z.int().nullable().meta({ description: 'Working days before, or hours; null: nobody is warned.' }),
    escalateTo: z.array(z.enum(escalationSteps)),
    escalateEvery: z.int().meta({ description: 'Working days from one to the next.' }),
    pauseCap: z.int().meta({ description: 'Working days in all; 0: it never stands still.' }),
    announcedOn: date.nullable().meta({ description: 'Null for a version that came with the service.' }),
    noticeUntil: date.nullable().meta({ description: 'The first day on which it could begin when it was announced.' }),
    withdrawnOn: date.nullable().meta({ description: 'Taken back before it held.' }),
  }),
)
  .extend({ earliest: date.meta({ description: 'The first day on which a version that is announced today may begin.' }) })
  .meta({ id: 'TimeLimits' })

export const movedAnswer = z
  .strictObject({ moved })
  .meta({ id: 'MovedDeadlines', description: 'Open deadlines by limit and day, as of the last day that is over; never whose.' })
const told = z.int().meta({ description: 'How many people of staff side get a letter. 0: tell them yourself.' })
const noticeUntil = date.meta({ description: 'The first day on which it may hold.' })
export const limitPreviewAnswer = z
  .strictObject({
    moved,
    keeping: z.int().meta({ description: 'Clocks that run now and keep the limit they started with.' }),
    noticeUntil,
    told,
  })
  .meta({ id: 'TimeLimitPreview' })
export const limitChangedAnswer = z.strictObject({ version: z.int(), moved, noticeUntil, told })
export const limitWithdrawnAnswer = z.strictObject({ version: z.int(), told })
export const noticeAnswer = z
  .strictObject({
    seen,
    workingDays: z.int(),
    source: z.string(),
    longer: z
      .strictObject({ workingDays: z.int(), until: date })
      .nullable()
      .meta({ description: 'A longer period that still holds until a day.' }),
  })
  .meta({ id: 'NoticePeriod' })

const rows = z.array(z.record(z.string(), z.unknown()))
export const changesAnswer = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id,
        setting: z.string(),
        changedAt: instant,
        who: z.string().nullable(),
        reason: z.string(),
        removed: rows,
        added: rows,
      }),
    ),
  })
  .meta({ id: 'SettingChanges' })
