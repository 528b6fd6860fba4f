import type { Writable } from 'node:stream'
import type { Response } from 'express'
import {
  beginning,
  logQueryOf,
  logSearchInput,
  mostTaken,
  readPlace,
  readTileAt,
  rootInGroups,
  type Auditing,
  type PublishedLog,
  type RecordedReads,
} from '../../audit/index.ts'
import { anyone, pathText, readInput, staffOnly } from '../../http/index.ts'
import { instantText, invalid, londonDate, Refusal } from '../../kernel/index.ts'
import { staffCall, visitorCall, type Call, type CallDeps } from '../call.ts'
import { fileCall, restOfPath } from '../file-call.ts'
import { presentLog } from './present.ts'
import { bundleQuery, checkpointAnswer, logAnswer, logQuery } from './schema.ts'

export interface LogApiDeps {
  readonly publishedLog: PublishedLog
  readonly logReads: RecordedReads
  readonly auditing: Auditing
}
type Deps = CallDeps & LogApiDeps

const auditors = staffOnly('auditor')

/** What anybody may have comes first, then what auditors take. */
export function logCalls(deps: Deps): readonly Call[] {
  return [...entryCalls(deps), ...takingCalls(deps), ...exportCalls(deps), ...publicCalls(deps)]
}

function publicCalls(deps: Deps): readonly Call[] {
  const { publishedLog } = deps
  return [
    olderCheckpointCall(deps),
    fileCall({
      name: 'readCheckpoint',
      path: '/api/v1/log/checkpoint',
      policy: anyone,
      tag: 'log',
      summary: 'The newest checkpoint of the log',
      description: 'A signed note as C2SP tlog-checkpoint has it, with the cosignatures of witnesses.',
      gives: 'The note.',
      type: 'text/plain',
      refusals: ['not_found'],
      handle: async () => (await publishedLog.readCheckpoint()).note,
    }),
    fileCall({
      name: 'readLogKey',
      path: '/api/v1/log/key',
      policy: anyone,
      tag: 'log',
      summary: 'The key that signs the log',
      description: 'A verifier key in signed-note form. While one key takes over from another there are two, the older one first.',
      gives: 'One key a line.',
      type: 'text/plain',
      refusals: ['not_found'],
      handle: async () => {
        const inUse = (await publishedLog.readVerifierKeys()).filter(({ retiredAt }) => retiredAt === null)
        if (inUse.length === 0) throw new Refusal('not_found')
        return inUse.map(({ verifierKey }) => `${verifierKey}\n`).join('')
      },
    }),
    fileCall({
      name: 'readTile',
      path: '/api/v1/log/tile/*path',
      policy: anyone,
      tag: 'log',
      summary: 'A tile of hashes of the tree',
      description: 'As C2SP tlog-tiles has it: `tile/<level>/<number>`, with `.p/<width>` for the last one of a level.',
      gives: 'Hashes of 32 bytes, joined.',
      type: 'application/octet-stream',
      handle: (request) => readTileAt(publishedLog, restOfPath(request)),
    }),
  ]
}

/** For whoever holds nothing but a line of the minutes: number of entries, and eight groups to compare. */
function olderCheckpointCall(deps: Deps): Call {
  return visitorCall(deps, {
    name: 'readPublishedCheckpoint',
    method: 'get',
    path: '/api/v1/log/checkpoints/:size',
    policy: anyone,
    tag: 'log',
    summary: 'A checkpoint that was published, by how many entries it is of',
    description:
      'With its fingerprint, as it stands in the minutes. It is what the service says of itself now: compare it with what you kept, or with another who did.',
    gives: 'The checkpoint.',
    answer: checkpointAnswer,
    refusals: ['not_found'],
    handle: async ({ place }) => {
      const { size, root, restored, publishedAt, note } = await deps.publishedLog.readCheckpoint(place('size'))
      const encoded = Buffer.from(root).toString('base64')
      return { size, root: encoded, fingerprint: rootInGroups(root), restored, publishedAt: instantText(publishedAt), note }
    },
  })
}

function entryCalls(deps: Deps): readonly Call[] {
  const { logReads } = deps
  return [
    staffCall(deps, {
      name: 'listLogEntries',
      method: 'get',
      path: '/api/v1/log/entries',
      policy: auditors,
      tag: 'log',
      summary: 'Entries of the log in the order of their places; those that wait for a place come last',
      description:
        'Reading them is an entry too. Entries of reporters carry a date, never a time, and get their place when that day is over.',
      query: logQuery,
      gives: 'A page of entries.',
      answer: logAnswer,
      handle: async ({ ctx, query }) => {
        const from = query.from === undefined ? beginning : readPlace(query.from)
        if (from === null) throw invalid('/from', 'wrong_format', 'Send an index, or what an earlier page gave as `next`.')
        return presentLog(await logReads.viewEntries(ctx, from, query.limit))
      },
    }),
  ]
}

const stepsUp = 'needs a second factor given within five minutes, at sign-in or since (`POST /api/v1/sessions/current/step-up`).'

/** Sends a zip as it is made. */
async function giveZip(response: Response, taken: { readonly fileName: string; write(to: Writable): Promise<void> }): Promise<null> {
  response.attachment(taken.fileName).type('application/zip')
  await taken.write(response).catch((error: unknown) => {
    // Half a zip must not end as a whole one; a reader who went away is no fault of ours
    response.destroy()
    if (!response.headersSent) throw error
  })
  return null
}

function takingCalls({ logReads, staffContext }: Deps): readonly Call[] {
  return [
    fileCall({
      name: 'takeEntryProof',
      path: '/api/v1/log/entries/:index/proof',
      policy: auditors,
      tag: 'log',
      summary: 'The proof that an entry is in the log',
      description: 'As C2SP tlog-proof has it, against the newest checkpoint. Taking it is an entry too.',
      gives: 'The proof.',
      type: 'text/plain',
      handle: (request, response) => logReads.takeProof(staffContext(response), readIndex(pathText(request, 'index'))),
    }),
  ]
}

/** What leaves in numbers: with a second factor given just now. */
function exportCalls({ logReads, auditing, staffContext }: Deps): readonly Call[] {
  return [
    fileCall({
      name: 'takeEntryBundle',
      path: '/api/v1/log/tile/entries/*path',
      policy: auditors,
      tag: 'log',
      summary: 'Up to 256 entries as a tile',
      description: 'As C2SP tlog-tiles has it: each entry after its length in two bytes. Taking it is an entry too, and ' + stepsUp,
      gives: 'Entries in the exact text that was hashed.',
      type: 'application/octet-stream',
      refusals: ['step_up_required'],
      handle: (request, response) => logReads.takeEntryBundle(staffContext(response), restOfPath(request)),
    }),
    fileCall({
      name: 'takeLogBundle',
      path: '/api/v1/log/bundle',
      policy: auditors,
      tag: 'log',
      summary: 'The whole log for the offline verifier',
      description:
        'Entries, tiles and every checkpoint, up to the newest one, whatever the log does meanwhile. Taking it is an entry too, and ' +
        stepsUp,
      gives: 'A zip file.',
      type: 'application/zip',
      query: bundleQuery,
      refusals: ['not_found', 'step_up_required'],
      handle: async (request, response) => {
        const { openings } = readInput(bundleQuery, request.query)
        return giveZip(response, await logReads.takeBundle(staffContext(response), { names: openings === 'yes' }))
      },
    }),
    fileCall({
      name: 'takeLogSearch',
      path: '/api/v1/log/search/export',
      policy: auditors,
      tag: 'log',
      summary: 'What a search finds, as a table with the proof of each entry',
      description: `The newest ${mostTaken} in their place: rows.csv, checkpoint, entries and proofs. Taking it is an entry too, and ${stepsUp}`,
      gives: 'A zip file.',
      type: 'application/zip',
      query: logSearchInput,
      refusals: ['not_found', 'step_up_required'],
      handle: async (request, response) => {
        const ctx = staffContext(response)
        return giveZip(response, await auditing.takeSearch(ctx, logQueryOf(readInput(logSearchInput, request.query), londonDate(ctx.now))))
      },
    }),
  ]
}

/** An entry's place out of an address. Refusal `not_found` for what can be none. */
function readIndex(text: string): number {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw new Refusal('not_found')
  return Number(text)
}
