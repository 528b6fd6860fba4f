import {
  assessmentInput,
  contactInput,
  exportInput,
  messageInput,
  noteInput,
  savedViewInput,
  summaryInput,
  viewNameInput,
  type ConcernUseCases,
} from '../../concerns/index.ts'
import { staffOnly } from '../../http/index.ts'
import type { ConcernId } from '../../kernel/index.ts'
import { staffCall, type Call, type CallDeps } from '../call.ts'
import { written } from '../shapes.ts'
import {
  presentAssessments,
  presentContacts,
  presentExport,
  presentPreview,
  presentPrivateNotes,
  presentSummary,
  presentTime,
  presentViews,
} from './casework-present.ts'
import {
  assessedAnswer,
  assessmentsAnswer,
  contactsAnswer,
  exportAnswer,
  previewAnswer,
  privateNotesAnswer,
  summaryAnswer,
  timeAnswer,
  viewsAnswer,
} from './casework-schema.ts'

type Deps = CallDeps & { readonly concerns: Pick<ConcernUseCases, 'casework'> }

/** Those who may hold what handlers keep for themselves; investigators never do. */
const insiders = staffOnly('guardian', 'executive_lead', 'non_executive_lead')
const queueReaders = staffOnly('guardian', 'investigator', 'executive_lead', 'non_executive_lead')

/** What handlers do beside the steps of a concern. */
export function caseworkCalls(deps: Deps): readonly Call[] {
  return [...recordCalls(deps), ...ownCalls(deps), ...paperCalls(deps), ...viewCalls(deps)]
}

function recordCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    staffCall(deps, {
      name: 'viewAssessments',
      method: 'get',
      path: '/api/v1/concerns/:id/assessments',
      policy: insiders,
      tag: 'handling',
      summary: 'Every version of the assessment under the Public Interest Disclosure Act',
      gives: 'Working views, oldest first. None of them is a verdict.',
      answer: assessmentsAnswer,
      handle: async ({ ctx, id }) => presentAssessments(await concerns.casework.viewAssessments(ctx, id<ConcernId>('id'))),
    }),
    staffCall(deps, {
      name: 'assess',
      method: 'post',
      path: '/api/v1/concerns/:id/assessments',
      policy: insiders,
      tag: 'handling',
      summary: 'Save an assessment as a new version',
      description: '`follows` is the newest version you have read, 0 for the first. It moves nothing and holds no step up.',
      body: assessmentInput,
      takesKey: true,
      status: 201,
      gives: 'Saved.',
      answer: assessedAnswer,
      refusals: ['concern_changed', 'conflict_of_interest'],
      handle: async ({ ctx, id, body, secret }) => concerns.casework.assess(ctx, id<ConcernId>('id'), body, secret),
    }),
    staffCall(deps, {
      name: 'viewContacts',
      method: 'get',
      path: '/api/v1/concerns/:id/contacts',
      policy: insiders,
      tag: 'handling',
      summary: 'Calls, visits and mails logged on a concern',
      gives: 'Newest first, with the minutes of all.',
      answer: contactsAnswer,
      handle: async ({ ctx, id }) => presentContacts(await concerns.casework.viewContacts(ctx, id<ConcernId>('id'))),
    }),
    staffCall(deps, {
      name: 'logContact',
      method: 'post',
      path: '/api/v1/concerns/:id/contacts',
      policy: insiders,
      tag: 'handling',
      summary: 'Log a call, visit or mail',
      body: contactInput,
      takesKey: true,
      status: 201,
      gives: 'Logged.',
      answer: written,
      refusals: ['conflict_of_interest'],
      handle: async ({ ctx, id, body, secret }) => ({
        id: (await concerns.casework.logContact(ctx, id<ConcernId>('id'), body, secret)).id,
      }),
    }),
  ]
}

function ownCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    staffCall(deps, {
      name: 'viewPrivateNotes',
      method: 'get',
      path: '/api/v1/concerns/:id/private-notes',
      policy: insiders,
      tag: 'handling',
      summary: 'Your own notes on a concern',
      gives: 'Notes sealed to you alone, oldest first.',
      answer: privateNotesAnswer,
      handle: async ({ ctx, id }) => presentPrivateNotes(await concerns.casework.viewPrivateNotes(ctx, id<ConcernId>('id'))),
    }),
    staffCall(deps, {
      name: 'writePrivateNote',
      method: 'post',
      path: '/api/v1/concerns/:id/private-notes',
      policy: insiders,
      tag: 'handling',
      summary: 'Write a note for yourself alone',
      description: 'Sealed to your own key. Colleagues see neither the note nor that it is there.',
      body: noteInput,
      takesKey: true,
      status: 201,
      gives: 'Written.',
      answer: written,
      refusals: ['conflict_of_interest'],
      handle: async ({ ctx, id, body, secret }) => ({
        id: (await concerns.casework.writePrivateNote(ctx, id<ConcernId>('id'), body, secret)).id,
      }),
    }),
    staffCall(deps, {
      name: 'viewTime',
      method: 'get',
      path: '/api/v1/time',
      policy: insiders,
      tag: 'handling',
      summary: 'Your own minutes by month and channel',
      description: 'Summed from the log over the concerns you handle now. Nothing is opened.',
      gives: 'Newest month first.',
      answer: timeAnswer,
      handle: async ({ ctx }) => presentTime(await concerns.casework.viewTime(ctx)),
    }),
  ]
}

function paperCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    staffCall(deps, {
      name: 'previewMessage',
      method: 'post',
      path: '/api/v1/concerns/:id/messages/preview',
      policy: insiders,
      tag: 'handling',
      summary: 'Look at a message before it goes to the person',
      body: messageInput,
      gives: 'Who will read it, and names, numbers and promises to look at. Nothing is sent or kept.',
      answer: previewAnswer,
      handle: async ({ ctx, id, body }) => presentPreview(await concerns.casework.previewMessage(ctx, id<ConcernId>('id'), body)),
    }),
    staffCall(deps, {
      name: 'printSummary',
      method: 'post',
      path: '/api/v1/concerns/:id/summary',
      policy: insiders,
      tag: 'handling',
      summary: 'A summary to print',
      description: 'Recorded. What may show who raised the concern is left out unless it is chosen. `preparedFor` is kept nowhere.',
      body: summaryInput,
      gives: 'The concern and those parts of its content that belong on paper.',
      answer: summaryAnswer,
      handle: async ({ ctx, id, body }) => presentSummary(await concerns.casework.printSummary(ctx, id<ConcernId>('id'), body)),
    }),
    staffCall(deps, {
      name: 'exportConcern',
      method: 'post',
      path: '/api/v1/concerns/:id/export',
      policy: insiders,
      tag: 'handling',
      summary: 'Everything you may open of a concern',
      description: 'Needs a fresh six-digit code. Recorded. A confidential name stays behind its own call.',
      body: exportInput,
      gives: 'All of it, your own notes included.',
      answer: exportAnswer,
      refusals: ['sign_in_failed', 'otp_replayed', 'step_up_required', 'sign_in_delayed', 'conflict_of_interest'],
      handle: async ({ ctx, id, body }) => presentExport(await concerns.casework.exportConcern(ctx, id<ConcernId>('id'), body)),
    }),
  ]
}

function viewCalls(deps: Deps): readonly Call[] {
  const { concerns } = deps
  return [
    staffCall(deps, {
      name: 'listViews',
      method: 'get',
      path: '/api/v1/views',
      policy: queueReaders,
      tag: 'handling',
      summary: 'Saved views of the queue',
      gives: 'Your own, and those that guardians of your groups share.',
      answer: viewsAnswer,
      handle: async ({ ctx }) => presentViews(await concerns.casework.listViews(ctx)),
    }),
    staffCall(deps, {
      name: 'saveView',
      method: 'post',
      path: '/api/v1/views',
      policy: queueReaders,
      tag: 'handling',
      summary: 'Save filters of the queue under a name',
      description: 'A view widens nobody’s sight. Leave names of people out of its name.',
      body: savedViewInput,
      status: 201,
      gives: 'Saved.',
      answer: written,
      handle: async ({ ctx, body }) => ({ id: (await concerns.casework.saveView(ctx, body)).id }),
    }),
    staffCall(deps, {
      name: 'renameView',
      method: 'post',
      path: '/api/v1/views/:viewId',
      policy: queueReaders,
      tag: 'handling',
      summary: 'Rename a view of your own',
      body: viewNameInput,
      status: 204,
      gives: 'Renamed.',
      handle: async ({ ctx, id, body }) => concerns.casework.renameView(ctx, id('viewId'), body),
    }),
    staffCall(deps, {
      name: 'deleteView',
      method: 'delete',
      path: '/api/v1/views/:viewId',
      policy: queueReaders,
      tag: 'handling',
      summary: 'Delete a view of your own',
      status: 204,
      gives: 'Deleted.',
      handle: async ({ ctx, id }) => concerns.casework.deleteView(ctx, id('viewId')),
    }),
  ]
}
