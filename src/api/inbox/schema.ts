import { z } from 'zod'
import {
  detrimentInput,
  feedbackInput,
  followUpInput,
  inboxMessageInput,
  proofShows,
  noticesInput,
  sayMoreInput,
  sendOnInput,
  withdrawalInput,
} from '../../concerns/index.ts'
import {
  detrimentLabels,
  detrimentTypes,
  feedbackShared,
  opennesses,
  outcomes,
  sendOnReasons,
  stages,
  statuses,
  type DetrimentStatus,
} from '../../workflow/index.ts'
import { clockAnswer, date, id, messageAnswer, noFiles, readerAnswer, readerNameAnswer } from '../shapes.ts'

/** As typed: case, spaces, hyphens and look-alike letters are forgiven. 400 characters leave room for a code copied with its numbering. */
const token = z
  .string()
  .max(400)
  .meta({ description: 'As it was given, in any spelling. A typing error is answered with the group it is in.' })

export const inboxBody = z.strictObject({ token })
export const proofBody = z.strictObject({
  token,
  shows: z
    .enum(proofShows)
    .default('day_and_readers')
    .meta({ description: 'The least: the day and who could read it; or all that was said, but no name.' }),
})
export const inboxMessageBody = inboxMessageInput.extend({ token })
export const identityBody = sayMoreInput.extend({ token })
export const noticesBody = noticesInput.extend({ token })
export const noticesAnswer = z.strictObject({ notices: z.boolean() }).meta({ id: 'NoticesNow' })
export const withdrawalBody = withdrawalInput.extend({ token })
export const feedbackBody = feedbackInput.extend({ token })
export const detrimentBody = detrimentInput.extend({ token })
export const sendOnBody = sendOnInput.extend({ token })
export const followUpBody = followUpInput.extend({ token })

export const sentOnAnswer = z
  .strictObject({ id, to: readerNameAnswer.meta({ description: 'Who can read it from now on.' }) })
  .meta({ id: 'SentOn' })

export const opennessAnswer = z.strictObject({ openness: z.enum(opennesses) }).meta({ id: 'OpennessNow' })
export const tokenAnswer = z
  .strictObject({ token: z.string().meta({ description: 'The only way back from now on. It cannot be asked for again.' }) })
  .meta({ id: 'NewToken' })

/** Written to a file as it is, this is what `verify-log.mjs receipt` checks. */
export const proofAnswer = z
  .strictObject({
    format: z.literal('forthright-proof-of-raising/1'),
    comeBackOn: date.nullable().meta({ description: 'It waits for its place in the log. Ask again on this day or later.' }),
    entry: z.string().meta({ description: 'The exact text of the entry `concern_raised`. Its `commitment` is what is opened here.' }),
    proof: z
      .string()
      .nullable()
      .meta({ description: 'That the entry is in the log, as C2SP tlog-proof has it, with a signed checkpoint.' }),
    opening: z.strictObject({
      salt: z.string(),
      list: z.string().meta({ description: 'A line for each part: its name and its digest.' }),
      shown: z.record(z.string(), z.strictObject({ salt: z.string(), value: z.unknown() })),
    }),
  })
  .meta({ id: 'ProofOfRaising' })

const detrimentStatuses = Object.keys(detrimentLabels.statuses) as [DetrimentStatus, ...DetrimentStatus[]]

/** A report of bad treatment as its writer sees it. */
export const detrimentReport = z
  .strictObject({
    id,
    reportedOn: date,
    status: z.enum(detrimentStatuses),
    kinds: z.array(z.enum(detrimentTypes)),
    description: z.string().nullable().meta({ description: 'Null where the record is not genuine.' }),
    genuine: z.boolean(),
  })
  .meta({ id: 'DetrimentReport' })

export const inboxAnswer = z
  .strictObject({
    stage: z.enum(stages),
    status: z.enum(statuses),
    raisedOn: date,
    narrative: z.string().nullable().meta({ description: 'What was raised, as sent. Null where the record is not genuine.' }),
    clocks: z.array(
      clockAnswer.extend({
        firstDueOn: date.meta({ description: 'As it stood before any pause or later date.' }),
        pausedUntil: date.nullable().meta({ description: 'Where it stands still now: the day on which it goes on.' }),
      }),
    ),
    movedClocks: z
      .array(
        z.strictObject({
          code: z.string(),
          kind: z.enum(['paused', 'extended']),
          on: date,
          until: date,
          reasonCode: z.string().nullable(),
        }),
      )
      .meta({ description: 'Pauses and later dates of these clocks, in the order in which they were given.' }),
    sendOn: z
      .strictObject({ reasons: z.array(z.enum(sendOnReasons)), to: readerAnswer.nullable() })
      .nullable()
      .meta({
        description: 'A promise was not kept, or stands still: why it may be sent on, and to whom next. `to` is null where nobody is left.',
      }),
    sentOn: z.array(z.strictObject({ name: z.string(), on: date })).meta({ description: 'Whom it was sent on to.' }),
    followUp: z
      .literal([3, 6])
      .nullable()
      .meta({ description: 'Months after the outcome: it is time to say how the person is treated since.' }),
    messages: z.array(messageAnswer),
    files: noFiles,
    readers: z.array(readerNameAnswer),
    withdrawalAskedOn: date.nullable().meta({ description: 'The person asked to take it back on this day, and nobody has decided yet.' }),
    organisationLed: z.boolean().meta({ description: 'They took it back, and the organisation must go on without them.' }),
    reopenedOn: date.nullable().meta({ description: 'It was opened again on this day, and has not ended since.' }),
    nobodyLeft: z.boolean().meta({ description: 'Nobody who could read it is left. Use another way to speak up.' }),
    openness: z.enum(opennesses),
    questions: z.array(id).meta({ description: 'Messages that wait for an answer. Send it with `answers`.' }),
    outcome: z
      .strictObject({ code: z.enum(outcomes), feedbackShared: z.enum(feedbackShared).nullable(), on: date })
      .nullable()
      .meta({ description: 'How it ended. Null while the work goes on.' }),
    nextDates: z.array(
      z.strictObject({
        code: z.enum(['reply', 'decision', 'investigation_end', 'outcome', 'check_3_months', 'check_6_months', 'treatment_review']),
        dueOn: date,
      }),
    ),
    readingDays: z.array(date).meta({ description: 'The next days on which messages are read.' }),
    detriment: z.array(detrimentReport),
    newCodeFirst: z.boolean().meta({ description: 'Somebody else held this code first: take a new one before anything else.' }),
    allowedActions: z.array(
      z.enum([
        'write',
        'answer_question',
        'say_more',
        'withdraw',
        'give_feedback',
        'report_detriment',
        'replace_token',
        'send_on',
        'answer_follow_up',
      ]),
    ),
  })
  .meta({ id: 'Inbox' })
