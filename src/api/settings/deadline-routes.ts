import { z } from 'zod'
import {
  calendarChange,
  calendarFile,
  calendarFileInput,
  calendarInput,
  limitChange,
  limitInput,
  limitWithdrawal,
  noticeInput,
} from '../../settings/index.ts'
import type { Call } from '../call.ts'
import { settingsCall, type SettingsApiDeps } from './call.ts'
import { presentCalendar, presentChange, presentImport, presentLimit, presentMoved } from './present.ts'
import {
  calendarAnswer,
  changesAnswer,
  doneAnswer,
  importAnswer,
  limitChangedAnswer,
  limitPreviewAnswer,
  limitsAnswer,
  limitWithdrawnAnswer,
  movedAnswer,
  noticeAnswer,
} from './schema.ts'

const recorded = 'Changes nothing. That somebody looked is recorded, and neither how many nor which concerns.'
const announced =
  'Staff side is told by letter at once, of a shorter limit too; it holds from its day on by itself. Clocks that started before keep their version.'
const moves = 'Stored next dates of open concerns move with it, each with an entry of its own. Days that are over can not be changed.'

function calendarCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewCalendar',
      method: 'get',
      path: 'calendar',
      summary: 'Bank holidays',
      gives: 'Every day of the table.',
      answer: calendarAnswer,
      handle: async ({ ctx }) => presentCalendar(await settings.viewCalendar(ctx)),
    }),
    settingsCall(deps, {
      name: 'previewCalendar',
      method: 'post',
      path: 'calendar/preview',
      summary: 'Which open deadlines a change of the calendar would move',
      description: recorded,
      body: z.strictObject({ day: calendarChange }),
      changes: false,
      gives: 'What would move.',
      answer: movedAnswer,
      handle: async ({ ctx, body }) => ({ moved: presentMoved(await settings.previewCalendar(ctx, body.day)) }),
    }),
    settingsCall(deps, {
      name: 'changeCalendar',
      method: 'post',
      path: 'calendar',
      summary: 'Add, take away or confirm a bank holiday',
      description: moves,
      body: calendarInput,
      gives: 'Changed; what moved.',
      answer: movedAnswer,
      handle: async ({ ctx, body }) => ({ moved: presentMoved(await settings.changeCalendar(ctx, body)) }),
    }),
    settingsCall(deps, {
      name: 'previewCalendarFile',
      method: 'post',
      path: 'calendar/file/preview',
      summary: 'What the file of bank holidays of GOV.UK would change',
      description: recorded,
      body: calendarFile,
      changes: false,
      gives: 'What would be added and confirmed, what stays, and what would move.',
      answer: importAnswer,
      handle: async ({ ctx, body }) => presentImport(await settings.previewImport(ctx, body)),
    }),
    settingsCall(deps, {
      name: 'importCalendarFile',
      method: 'post',
      path: 'calendar/file',
      summary: 'Take in the file of bank holidays of GOV.UK',
      description: moves,
      body: calendarFileInput,
      gives: 'What was added and confirmed, what stayed, and what moved.',
      answer: importAnswer,
      handle: async ({ ctx, body }) => presentImport(await settings.importCalendar(ctx, body)),
    }),
  ]
}

function limitCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listTimeLimits',
      method: 'get',
      path: 'time-limits',
      summary: 'Time limits in all their versions',
      gives: 'With source and force.',
      answer: limitsAnswer,
      handle: async ({ ctx }) => {
        const { seen, items, earliest } = await settings.viewLimits(ctx)
        return { seen, earliest, items: items.map(presentLimit) }
      },
    }),
    settingsCall(deps, {
      name: 'previewTimeLimit',
      method: 'post',
      path: 'time-limits/preview',
      summary: 'Which open deadlines a new limit would move',
      description: recorded,
      body: z.strictObject({ change: limitChange }),
      changes: false,
      gives: 'What would move, and what keeps its date.',
      answer: limitPreviewAnswer,
      handle: async ({ ctx, body }) => {
        const { moved, ...preview } = await settings.previewLimit(ctx, body.change)
        return { ...preview, moved: presentMoved(moved) }
      },
    }),
    settingsCall(deps, {
      name: 'changeTimeLimit',
      method: 'post',
      path: 'time-limits',
      summary: 'Announce a new version of a limit, from a day on',
      description: announced,
      body: limitInput,
      gives: 'Announced; what moved.',
      answer: limitChangedAnswer,
      handle: async ({ ctx, body }) => {
        const { moved, ...made } = await settings.changeLimit(ctx, body)
        return { ...made, moved: presentMoved(moved) }
      },
    }),
    settingsCall(deps, {
      name: 'withdrawTimeLimit',
      method: 'post',
      path: 'time-limits/withdrawals',
      summary: 'Take back a version that was announced and does not hold yet',
      body: limitWithdrawal,
      gives: 'Taken back.',
      answer: limitWithdrawnAnswer,
      handle: ({ ctx, body }) => settings.withdrawLimit(ctx, body),
    }),
  ]
}

function noticeCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewNoticePeriod',
      method: 'get',
      path: 'notice-period',
      summary: 'How long before it holds a change of a limit is announced',
      gives: 'The period, with its source.',
      answer: noticeAnswer,
      handle: async ({ ctx }) => {
        const { seen, value } = await settings.viewNotice(ctx)
        return { seen, ...value }
      },
    }),
    settingsCall(deps, {
      name: 'changeNoticePeriod',
      method: 'put',
      path: 'notice-period',
      summary: 'Change how long before it holds a change is announced',
      description: 'What was announced keeps its day. A shorter period holds when the longer one is over.',
      body: noticeInput,
      gives: 'Changed.',
      answer: doneAnswer,
      handle: ({ ctx, body }) => settings.changeNotice(ctx, body),
    }),
  ]
}

function accountCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listSettingChanges',
      method: 'get',
      path: 'changes',
      summary: 'What was changed, by whom and why',
      gives: 'The latest hundred, newest first.',
      answer: changesAnswer,
      handle: async ({ ctx }) => ({ items: (await settings.viewChanges(ctx)).map(presentChange) }),
    }),
  ]
}

/** The calendar, the limits and the account of changes. */
export function deadlineCalls(deps: SettingsApiDeps): readonly Call[] {
  return [...calendarCalls(deps), ...limitCalls(deps), ...noticeCalls(deps), ...accountCalls(deps)]
}
